package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;

/** {@code count(*)} and {@code count(x)}. */
final class CountTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    return Result.neverNull(accumulators.present(AggregateInput.of(call)));
  }
}
