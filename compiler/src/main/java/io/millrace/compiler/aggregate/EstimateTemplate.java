package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;

/**
 * {@code approx_count_distinct}. Where rows go, their window holds all of them, so that counting
 * exactly costs no more.
 */
final class EstimateTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    if (accumulators.updates().isRetractable()) {
      return Result.neverNull(accumulators.present(input.withoutRepeats()));
    }
    String estimate = accumulators.require(new EstimatedDistinct(input)).apply(0);
    return Result.neverNull("DistinctEstimate.count((DistinctEstimate) " + estimate + ")");
  }
}
