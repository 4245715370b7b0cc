package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.types.Layout;
import java.util.function.IntFunction;

/** {@code ever}, which is the greatest condition, {@code min_ever} and {@code max_ever}. */
final class LastingTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    boolean isMaximum = call.function() != AggregateFunction.MIN_EVER;
    IntFunction<String> fields = accumulators.require(new LastingExtreme(input, isMaximum));
    String value = fields.apply(LastingExtreme.VALUE);
    return new Result(
        "!" + fields.apply(LastingExtreme.FOUND),
        input.layout() == Layout.OBJECT ? JavaTypes.unbox(input.type(), value) : value);
  }
}
