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

  private String operands(AccumulatorCode code) {
    return "("
        + code.field(HIGH)
        + ", "
        + code.field(LOW)
        + ", "
        + IntegerSum.number(input, code)
        + ")";
  }

  @Override
  public void check(AccumulatorCode code) {
    if (isChecked && input.type() != DataType.BOOLEAN) {
      String low = "(" + code.field(LOW) + " + " + code.value() + ")";
      code.refuseIf(
          "!WideSums.isLong(WideSums.highOfSum" + operands(code) + ", " + low + ")",
          "integer overflow in sum(" + input.name() + ")");
    }
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    code.line(code.field(HIGH) + " = WideSums.highOfSum" + operands(code) + ";");
    code.line(code.field(LOW) + " += " + IntegerSum.number(input, code) + ";");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.line(code.field(HIGH) + " = WideSums.highOfDifference" + operands(code) + ";");
    code.line(code.field(LOW) + " -= " + IntegerSum.number(input, code) + ";");
  }
}
