package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.types.Layout;

/** {@code min} and {@code max}. */
final class ExtremeTemplate implements AggregateTemplate {
  private final boolean isMaximum;

  ExtremeTemplate(boolean isMaximum) {
    this.isMaximum = isMaximum;
  }

  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    String isEmpty = accumulators.isEmpty(input);
    if (accumulators.updates() == Updates.RETRACT_ANY) {
      CountedValues values = new CountedValues(input);
      String field = accumulators.require(values).apply(0);
      return new Result(isEmpty, values.extreme(field, isMaximum));
    }
    if (accumulators.updates().isRetractable()) {
      SlidingExtreme extreme =
          new SlidingExtreme(input, isMaximum, accumulators.updates() == Updates.RETRACT_BY_TIME);
      return new Result(isEmpty, extreme.first(accumulators.require(extreme).apply(0)));
    }
    String field = accumulators.require(new Extreme(input, isMaximum)).apply(0);
    boolean isObject = input.layout() == Layout.OBJECT;
    return new Result(isEmpty, isObject ? "(" + JavaTypes.of(input.type()) + ") " + field : field);
  }
}
