package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/** The smallest or greatest value of all rows that have come. */
record LastingExtreme(AggregateInput input, boolean isMaximum) implements LastingAccumulator {
  static final int VALUE = 0;

  /** Whether there is a value. */
  static final int FOUND = 1;

  @Override
  public List<StateType> fields() {
    String name = isMaximum ? "max ever" : "min ever";
    return List.of(
        StateType.of(name, input.type()), StateType.of(name + " found", DataType.BOOLEAN));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    replace(code, "$x");
  }

  private void replace(AccumulatorCode code, String value) {
    String compare =
        switch (input.layout()) {
          case BOOLEAN -> "Boolean.compare(";
          case LONG -> "Long.compare(";
          case DOUBLE, OBJECT -> "Comparisons.compare(";
        };
    code.write("if (!$1 || " + compare + value + ", $0)" + (isMaximum ? " > 0) {" : " < 0) {"))
        .write("$0 = " + value + ";")
        .write("$1 = true;")
        .write("}");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("if ($from1) {");
    replace(code, "$from0");
    code.write("}");
  }
}
