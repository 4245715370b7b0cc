package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.types.DataType;
import java.util.function.IntFunction;

/**
 * {@code sum}: of integers and intervals, checked; of BOOLEAN as the number of those that are true;
 * of doubles, compensated; of decimals, exact. A sum that is brought out of its range by a row that
 * leaves, or by groups that become one, is NULL until it is back: no row can be refused for it.
 */
final class SumTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    String isEmpty = accumulators.isEmpty(input);
    if (input.type() == DataType.DOUBLE) {
      return new Result(isEmpty, doubles(input, accumulators));
    }
    if (input.type() instanceof DataType.Decimal) {
      String sum =
          "((BigDecimal) "
              + accumulators.require(new DecimalSum(input, accumulators.isChecked(input))).apply(0)
              + ")";
      return new Result(isEmpty + " || " + sum + ".precision() > " + DataType.MAX_PRECISION, sum);
    }
    if (accumulators.updates().isAdding()) {
      return new Result(isEmpty, accumulators.require(new IntegerSum(input)).apply(0));
    }
    IntFunction<String> sum =
        accumulators.require(new WideSum(input, accumulators.isChecked(input)));
    String isLong =
        "WideSums.isLong(" + sum.apply(WideSum.HIGH) + ", " + sum.apply(WideSum.LOW) + ")";
    return new Result(isEmpty + " || !" + isLong, sum.apply(WideSum.LOW));
  }

  /** The code of a sum of doubles. */
  static String doubles(AggregateInput input, Accumulators accumulators) {
    boolean isRetractable = accumulators.updates().isRetractable();
    IntFunction<String> fields = accumulators.require(new DoubleSum(input, isRetractable));
    String sum = fields.apply(DoubleSum.SUM);
    String error = fields.apply(DoubleSum.ERROR);
    // Without the extremes it is never infinite.
    return isRetractable
        ? "ExtremeDoubles.sum("
            + sum
            + " + "
            + error
            + ", (ExtremeDoubles) "
            + fields.apply(DoubleSum.EXTREMES)
            + ")"
        : "DoubleSums.sum(" + sum + ", " + error + ")";
  }
}
