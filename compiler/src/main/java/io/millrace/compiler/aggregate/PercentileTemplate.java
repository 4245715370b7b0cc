package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;

/**
 * {@code median} and {@code percentile}, exact, and {@code approx_percentile}. Where rows go, their
 * window holds all of them, and the latter is exact too.
 */
final class PercentileTemplate implements AggregateTemplate {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    String fraction =
        call.function() == AggregateFunction.MEDIAN
            ? accumulators.constant(call, "half", "BigDecimal", HALF)
            : accumulators.setting(call, 0, "BigDecimal");
    boolean isSketched =
        call.function() == AggregateFunction.APPROX_PERCENTILE
            && !accumulators.updates().isRetractable();
    String numbers =
        isSketched
            ? "((QuantileSketch) " + accumulators.require(new SketchedNumbers(input)).apply(0)
            : "((RankedNumbers) " + accumulators.require(new AllNumbers(input)).apply(0);
    String scale = call.type() instanceof DataType.Decimal decimal ? ", " + decimal.scale() : "";
    return new Result(
        accumulators.isEmpty(input), numbers + ").percentile(" + fraction + scale + ")");
  }
}
