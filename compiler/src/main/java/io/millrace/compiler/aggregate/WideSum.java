package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * A sum of integers in 128 bits: exact whatever comes and goes.
 *
 * @param isChecked whether a row is refused when the sum leaves the range of BIGINT with it
 */
record WideSum(AggregateInput input, boolean isChecked) implements Accumulator {
  static final int LOW = 0;
  static final int HIGH = 1;

  @Override
  public List<StateType> fields() {
    return List.of(
        StateType.of("sum low", DataType.BIGINT), StateType.of("sum high", DataType.BIGINT));
  }

  @Override
  public void check(AccumulatorCode code) {
    if (isChecked && input.type() != DataType.BOOLEAN) {
      code.refuseIf(
          "!WideSums.isLong(WideSums.highOfSum($1, $0, $x), $0 + $x)",
          "integer overflow in sum(" + input.name() + ")");
    }
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    String number = IntegerSum.number(input);
    code.write("$1 = WideSums.highOfSum($1, $0, " + number + ");").write("$0 += " + number + ";");
  }

  @Override
  public void remove(AccumulatorCode code) {
    String number = IntegerSum.number(input);
    code.write("$1 = WideSums.highOfDifference($1, $0, " + number + ");")
        .write("$0 -= " + number + ";");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("$1 = WideSums.highOfSum($1, $0, $from1, $from0);").write("$0 += $from0;");
  }
}
