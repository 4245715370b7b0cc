package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;

/**
 * {@code top_k} and {@code top_k_distinct}; {@code top_k(DISTINCT …)} is the same as the latter.
 */
final class TopTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    boolean isDistinct = call.distinct() || call.function() == AggregateFunction.TOP_K_DISTINCT;
    AggregateInput input = AggregateInput.of(call).withRepeats();
    GreatestValues values =
        GreatestValues.of(input, call.count(), isDistinct, accumulators.updates());
    return new Result(
        accumulators.isEmpty(input),
        "((SortedCounts) "
            + accumulators.require(values).apply(0)
            + (isDistinct ? ").greatestDistinct(" : ").greatest(")
            + accumulators.setting(call, 0, "long")
            + ")");
  }
}
