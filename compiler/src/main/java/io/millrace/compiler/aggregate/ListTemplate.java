package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;

/**
 * Aggregates of values in the order of rows, or of the different values in the order in which they
 * appear.
 */
final class ListTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    return switch ((AggregateFunction) call.function()) {
      case FIRST_N -> firstOrLast(call, accumulators, false);
      case LAST_N -> firstOrLast(call, accumulators, true);
      case NTH -> nth(call, accumulators);
      case COLLECT_LIST -> {
        AggregateInput input = AggregateInput.withNulls(call).withRepeats();
        yield call.distinct()
            ? different(input, accumulators, "list()")
            : all(input, accumulators, "list()");
      }
      case STRING_AGG -> {
        AggregateInput input = AggregateInput.of(call).withRepeats();
        String join = "join(" + accumulators.setting(call, 0, "String") + ")";
        yield call.distinct()
            ? different(input, accumulators, join)
            : all(input, accumulators, join);
      }
      case COLLECT_SET -> different(AggregateInput.of(call), accumulators, "list()");
      case HISTOGRAM -> different(AggregateInput.of(call), accumulators, "counts()");
      case MODE -> mode(AggregateInput.of(call), accumulators);
      default -> throw new IllegalArgumentException("no list: " + call.function());
    };
  }

  private static Result firstOrLast(AggregateCall call, Accumulators accumulators, boolean isLast) {
    AggregateInput input = AggregateInput.withNulls(call);
    long most = call.count();
    ValuesInOrder.Kept kept =
        isLast ? ValuesInOrder.Kept.last(most) : ValuesInOrder.Kept.first(most);
    String method =
        (isLast ? "lastValues(" : "firstValues(") + accumulators.setting(call, 0, "long") + ")";
    return new Result(accumulators.isEmpty(input), values(input, kept, accumulators) + method);
  }

  private static Result nth(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.withNulls(call);
    String value =
        values(input, ValuesInOrder.Kept.first(call.count()), accumulators)
            + "nth("
            + accumulators.setting(call, 0, "long")
            + ")";
    return new Result(
        accumulators.isEmpty(input) + " || " + value + " == null",
        JavaTypes.unbox(input.type(), value));
  }

  private static Result mode(AggregateInput input, Accumulators accumulators) {
    Result mode = different(input, accumulators, "mode()");
    return new Result(mode.isNull(), JavaTypes.unbox(input.type(), mode.value()));
  }

  private static Result all(AggregateInput input, Accumulators accumulators, String method) {
    return new Result(
        accumulators.isEmpty(input), values(input, ValuesInOrder.Kept.ALL, accumulators) + method);
  }

  private static String values(
      AggregateInput input, ValuesInOrder.Kept kept, Accumulators accumulators) {
    ValuesInOrder values = ValuesInOrder.of(input, kept, accumulators.updates());
    return "((OrderedValues) " + accumulators.require(values).apply(0) + ").";
  }

  private static Result different(AggregateInput input, Accumulators accumulators, String method) {
    DifferentValues values = new DifferentValues(input, accumulators.updates());
    String field = accumulators.require(values).apply(0);
    return new Result(accumulators.isEmpty(input), "((Occurrences) " + field + ")." + method);
  }
}
