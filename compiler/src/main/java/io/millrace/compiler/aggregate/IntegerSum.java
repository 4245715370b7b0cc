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

  /** The row's value as a number. */
  static String number(AggregateInput input) {
    return input.type() == DataType.BOOLEAN ? "($x ? 1L : 0L)" : "$x";
  }

  @Override
  public void check(AccumulatorCode code) {
    if (input.type() != DataType.BOOLEAN) {
      code.write("final long $sum = $0 + $x;");
      code.refuseIf(
          "(($0 ^ $sum) & ($x ^ $sum)) < 0L", "integer overflow in sum(" + input.name() + ")");
    }
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    code.write("$0 += " + number(input) + ";");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("$0 -= " + number(input) + ";");
  }

  @Override
  public void merge(AccumulatorCode code) {
    if (input.type() != DataType.BOOLEAN) {
      throw new IllegalStateException("a merged sum may be out of its range");
    }
    code.write("$0 += $from0;");
  }
}
