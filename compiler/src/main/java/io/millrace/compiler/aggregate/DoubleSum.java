package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.ExtremeDoubles;
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
  static final int EXTREMES = 2;

  @Override
  public List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("sum", DataType.DOUBLE));
    fields.add(StateType.of("sum error", DataType.DOUBLE));
    if (isRetractable) {
      fields.add(StateType.object("extremes", ExtremeDoubles.CODEC));
    }
    return fields;
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    write(code, "$x", "add");
  }

  @Override
  public void remove(AccumulatorCode code) {
    write(code, "-$x", "remove");
  }

  private void write(AccumulatorCode code, String value, String change) {
    if (isRetractable) {
      code.write(
          """
          if (!(Math.abs($x) < ExtremeDoubles.LIMIT)) {
            ExtremeDoubles $extremes = (ExtremeDoubles) $2;
            if ($extremes == null) {
              $extremes = new ExtremeDoubles();
              $2 = $extremes;
            }
          """);
      code.write("$extremes." + change + "($x);").write("} else {");
    }
    addValue(code, value);
    if (isRetractable) {
      code.write("}");
    }
  }

  private static void addValue(AccumulatorCode code, String value) {
    code.write("final double $value = " + value + ";");
    code.write(
        """
        final double $before = $0;
        final double $after = $before + $value;
        $1 += Math.abs($before) >= Math.abs($value) ? ($before - $after) + $value : ($value - $after) + $before;
        $0 = $after;
        """);
  }

  @Override
  public void merge(AccumulatorCode code) {
    if (isRetractable) {
      throw new IllegalStateException("sums that take values back are not merged");
    }
    addValue(code, "$from0");
    code.write("$1 += $from1;");
  }
}
