package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;

/** {@code bool_and} and {@code bool_or}, from the number of values that are true. */
final class BooleanTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    String present = accumulators.present(input);
    String trues = accumulators.require(new IntegerSum(input)).apply(0);
    boolean isAnd = call.function() == AggregateFunction.BOOL_AND;
    return new Result(
        accumulators.isEmpty(input), isAnd ? trues + " == " + present : trues + " > 0L");
  }
}
