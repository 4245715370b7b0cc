package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.operators.aggregate.RankedRows;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * The values of the first argument in the order of the second, of equal ones in the order of rows.
 *
 * @param isMaximum whether the greatest of the second is first
 * @param most how many are held, where rows do not go
 */
record RowsByKey(AggregateInput input, boolean isMaximum, long most, Updates updates)
    implements OrderedAccumulator {
  static RowsByKey of(AggregateInput input, boolean isMaximum, long most, Updates updates) {
    return new RowsByKey(input, isMaximum, updates.isRetractable() ? 0 : most, updates);
  }

  @Override
  public List<StateType> fields() {
    String name = (isMaximum ? "max by " : "min by ") + (most == 0 ? "rows" : most + " rows");
    return List.of(StateType.object(name, RankedRows.codec(key().type(), input.type())));
  }

  private AggregateInput.Argument key() {
    return input.arguments().get(1);
  }

  private String boxedKey() {
    return JavaTypes.box(key().type(), "$y");
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new RankedRows(" + isMaximum + ");");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write(
        "((RankedRows) $0).add("
            + String.join(", ", boxedKey(), code.boxed(), RowOrder.of(updates).place())
            + ");");
    drop(code);
  }

  private void drop(AccumulatorCode code) {
    if (most > 0) {
      code.write("((RankedRows) $0).keepFirst(" + most + "L);");
    }
  }

  @Override
  public void remove(AccumulatorCode code) {
    String place = updates == Updates.RETRACT_ANY ? ", $time, $cause" : "";
    code.write("((RankedRows) $0).remove(" + boxedKey() + place + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((RankedRows) $0).addAll((RankedRows) $from0);");
    drop(code);
  }
}
