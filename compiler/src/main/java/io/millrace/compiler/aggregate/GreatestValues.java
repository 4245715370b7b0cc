package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.SortedCounts;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * The greatest values.
 *
 * @param most how many are held; 0 for all
 * @param isDistinct whether equal ones among them count as one
 */
record GreatestValues(AggregateInput input, long most, boolean isDistinct) implements Accumulator {
  /** Those of which some are asked for; where rows go, all of them. */
  static GreatestValues of(AggregateInput input, long most, boolean isDistinct, Updates updates) {
    return updates.isRetractable()
        ? new GreatestValues(input, 0, false)
        : new GreatestValues(input, most, isDistinct);
  }

  @Override
  public List<StateType> fields() {
    String name = most == 0 ? "all" : "greatest " + most + (isDistinct ? " distinct" : "");
    return List.of(StateType.object(name + " values", SortedCounts.codec(input.type())));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new SortedCounts();");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write("((SortedCounts) $0).add(" + code.boxed() + ");");
    drop(code);
  }

  private void drop(AccumulatorCode code) {
    if (most > 0) {
      String method = isDistinct ? "keepGreatestDistinct(" : "keepGreatest(";
      code.write("((SortedCounts) $0)." + method + most + "L);");
    }
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((SortedCounts) $0).remove(" + code.boxed() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((SortedCounts) $0).addAll((SortedCounts) $from0);");
    drop(code);
  }
}
