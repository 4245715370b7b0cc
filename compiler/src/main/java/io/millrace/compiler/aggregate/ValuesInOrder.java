package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.OrderedValues;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * The values of rows in their order.
 *
 * @param kept which of them, where rows do not go
 */
record ValuesInOrder(AggregateInput input, Kept kept, Updates updates)
    implements OrderedAccumulator {

  /**
   * Which values are held.
   *
   * @param method drops the others
   * @param most how many at most
   */
  record Kept(String method, long most) {
    static final Kept ALL = new Kept("", Long.MAX_VALUE);

    static Kept first(long most) {
      return new Kept("First", most);
    }

    static Kept last(long most) {
      return new Kept("Last", most);
    }
  }

  /** The values of which some are asked for; where rows go, all of them. */
  static ValuesInOrder of(AggregateInput input, Kept kept, Updates updates) {
    return new ValuesInOrder(input, updates.isRetractable() ? Kept.ALL : kept, updates);
  }

  @Override
  public List<StateType> fields() {
    String name = kept.equals(Kept.ALL) ? "values" : kept.method() + " " + kept.most();
    return List.of(StateType.object(name + " in order", OrderedValues.codec(input.type())));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new OrderedValues();");
  }

  @Override
  public void add(AccumulatorCode code) {
    String place = RowOrder.of(updates).place();
    code.write("((OrderedValues) $0).add(" + code.boxed() + ", " + place + ");");
    drop(code);
  }

  private void drop(AccumulatorCode code) {
    if (!kept.equals(Kept.ALL)) {
      code.write("((OrderedValues) $0).keep" + kept.method() + "(" + kept.most() + "L);");
    }
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write(
        updates == Updates.RETRACT_ANY
            ? "((OrderedValues) $0).remove($time, $cause);"
            : "((OrderedValues) $0).removeFirst();");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((OrderedValues) $0).addAll((OrderedValues) $from0);");
    drop(code);
  }
}
