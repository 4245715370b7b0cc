package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * A sum of integers, or of BOOLEANs as 0 and 1, that a row is refused for when it leaves the range
 * of BIGINT. It takes nothing back.
 */
record IntegerSum(AggregateInput input) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.of("sum", DataType.BIGINT));
  }

  static String number(AggregateInput input, AccumulatorCode code) {
    return input.type() == DataType.BOOLEAN ? "(" + code.value() + " ? 1L : 0L)" : code.value();
  }

  @Override
  public void check(AccumulatorCode code) {
    if (input.type() == DataType.BOOLEAN) {
      return;
    }
    String sum = code.variable("s");
    code.line("final long " + sum + " = " + code.field(0) + " + " + code.value() + ";");
    code.refuseIf(
        "((" + code.field(0) + " ^ " + sum + ") & (" + code.value() + " ^ " + sum + ")) < 0L",
        "integer overflow in sum(" + input.name() + ")");
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    code.line(code.field(0) + " += " + number(input, code) + ";");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.line(code.field(0) + " -= " + number(input, code) + ";");
  }
}
