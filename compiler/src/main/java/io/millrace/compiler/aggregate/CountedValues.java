package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.operators.aggregate.ValueCounts;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.List;

/** All values that are there, in their order, where rows leave in any order. */
record CountedValues(AggregateInput input) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("values", ValueCounts.codec(input.type())));
  }

  /** The code of the smallest or the greatest value in a field. */
  String extreme(String field, boolean isMaximum) {
    String values = "((ValueCounts) " + field + ")." + (isMaximum ? "last" : "first");
    return input.layout() == Layout.OBJECT
        ? "(" + JavaTypes.of(input.type()) + ") " + values + "()"
        : SortableLong.value(input, values + "Long()");
  }

  private String key() {
    return input.layout() == Layout.OBJECT ? "$x" : SortableLong.of(input);
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new ValueCounts();");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write("((ValueCounts) $0).add(" + key() + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((ValueCounts) $0).remove(" + key() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    throw new IllegalStateException("values that come and go are not merged");
  }
}
