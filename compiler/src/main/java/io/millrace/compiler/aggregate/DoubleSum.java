package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.NonFiniteCounts;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum of doubles with the rounding errors summed apart (Neumaier 1974, "Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen", variant IV). Where values are taken back, NaNs
 * and infinities are counted apart.
 */
record DoubleSum(AggregateInput input, boolean isRetractable) implements Accumulator {
  static final int SUM = 0;
  static final int ERROR = 1;
  static final int NON_FINITE = 2;

  @Override
  public List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("sum", DataType.DOUBLE));
    fields.add(StateType.of("sum error", DataType.DOUBLE));
    if (isRetractable) {
      fields.add(StateType.object("non-finite", NonFiniteCounts.CODEC));
    }
    return fields;
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    write(code, code.value(), 1);
  }

  @Override
  public void remove(AccumulatorCode code) {
    write(code, "(-" + code.value() + ")", -1);
  }

  private void write(AccumulatorCode code, String value, int weight) {
    if (isRetractable) {
      String counts = code.variable("counts");
      code.open("if (" + code.value() + " - " + code.value() + " != 0.0)");
      code.line(
          "NonFiniteCounts " + counts + " = (NonFiniteCounts) " + code.field(NON_FINITE) + ";");
      code.open("if (" + counts + " == null)").line(counts + " = new NonFiniteCounts();");
      code.line(code.field(NON_FINITE) + " = " + counts + ";").close();
      code.line(counts + ".add(" + code.value() + ", " + weight + "L);");
      code.reopen("else");
    }
    String before = code.variable("s");
    String after = code.variable("u");
    code.line("final double " + before + " = " + code.field(SUM) + ";");
    code.line("final double " + after + " = " + before + " + " + value + ";");
    code.line(
        code.field(ERROR)
            + " += Math.abs("
            + before
            + ") >= Math.abs("
            + value
            + ")"
            + " ? ("
            + before
            + " - "
            + after
            + ") + "
            + value
            + " : ("
            + value
            + " - "
            + after
            + ") + "
            + before
            + ";");
    code.line(code.field(SUM) + " = " + after + ";");
    if (isRetractable) {
      code.close();
    }
  }
}
