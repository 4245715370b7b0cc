package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.types.Layout;

/** {@code min_by} and {@code max_by}, of one row or of several. */
final class ExtremeByTemplate implements AggregateTemplate {
  private final boolean isMaximum;

  ExtremeByTemplate(boolean isMaximum) {
    this.isMaximum = isMaximum;
  }

  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    Updates updates = accumulators.updates();
    String isEmpty = accumulators.isEmpty(input);
    if (!call.settings().isEmpty()) {
      String most = accumulators.setting(call, 0, "long");
      String rows = ranked(input, call.count(), accumulators);
      return new Result(isEmpty, rows + ".firstValues(" + most + ")");
    }
    if (updates == Updates.RETRACT_ANY) {
      String first = ranked(input, 1, accumulators) + ".first()";
      return new Result(isEmpty, JavaTypes.unbox(input.type(), first));
    }
    if (updates.isRetractable()) {
      SlidingExtremeBy extreme =
          new SlidingExtremeBy(input, isMaximum, updates == Updates.RETRACT_BY_TIME);
      String carried =
          "((TimedObjectDeque) " + accumulators.require(extreme).apply(0) + ").carried()";
      return new Result(isEmpty, JavaTypes.unbox(input.type(), carried));
    }
    String value =
        accumulators
            .require(new ExtremeBy(input, isMaximum, updates.isMerging()))
            .apply(ExtremeBy.VALUE);
    boolean isObject = input.layout() == Layout.OBJECT;
    return new Result(isEmpty, isObject ? JavaTypes.unbox(input.type(), value) : value);
  }

  private String ranked(AggregateInput input, long most, Accumulators accumulators) {
    RowsByKey rows = RowsByKey.of(input, isMaximum, most, accumulators.updates());
    return "((RankedRows) " + accumulators.require(rows).apply(0) + ")";
  }
}
