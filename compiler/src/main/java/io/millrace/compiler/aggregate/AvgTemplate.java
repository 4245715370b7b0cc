package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.function.IntFunction;

/**
 * {@code avg}: the exact or compensated sum over the count. Of decimals it is rounded half up to
 * the scale of its type ({@code max(6, s)} digits after the point), of intervals to a millisecond.
 * It never overflows by itself; beside {@code sum} over the same input it shares its fields.
 */
final class AvgTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    String count = accumulators.present(input);
    return new Result(accumulators.isEmpty(input), value(call, input, count, accumulators));
  }

  private static String value(
      AggregateCall call, AggregateInput input, String count, Accumulators accumulators) {
    if (input.type() == DataType.DOUBLE) {
      return SumTemplate.doubles(input, accumulators) + " / " + count;
    }
    boolean isChecked = accumulators.isChecked(input);
    if (input.type() instanceof DataType.Decimal) {
      String sum = accumulators.require(new DecimalSum(input, isChecked)).apply(0);
      int scale = ((DataType.Decimal) call.type()).scale();
      return "DecimalSums.mean((BigDecimal) " + sum + ", " + count + ", " + scale + ")";
    }
    String sum = wide(input, isChecked, accumulators);
    String method = call.type().layout() == Layout.DOUBLE ? "mean" : "roundedMean";
    return "WideSums." + method + "(" + sum + ", " + count + ")";
  }

  /** The high and low words of a sum of integers. */
  private static String wide(AggregateInput input, boolean isChecked, Accumulators accumulators) {
    if (isChecked && accumulators.updates().isAdding()) {
      String sum = accumulators.require(new IntegerSum(input)).apply(0);
      return sum + " >> 63, " + sum;
    }
    IntFunction<String> sum = accumulators.require(new WideSum(input, isChecked));
    return sum.apply(WideSum.HIGH) + ", " + sum.apply(WideSum.LOW);
  }
}
