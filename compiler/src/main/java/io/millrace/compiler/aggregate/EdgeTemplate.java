package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.types.Layout;
import java.util.function.IntFunction;

/** {@code first} and {@code last}. */
final class EdgeTemplate implements AggregateTemplate {
  private final boolean isLast;

  EdgeTemplate(boolean isLast) {
    this.isLast = isLast;
  }

  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.withNulls(call);
    Updates updates = accumulators.updates();
    String isEmpty = accumulators.isEmpty(input);
    if (updates == Updates.RETRACT_ANY) {
      ValuesInOrder values = new ValuesInOrder(input, ValuesInOrder.Kept.ALL, updates);
      String field = accumulators.require(values).apply(0);
      String value = "((OrderedValues) " + field + (isLast ? ").last()" : ").first()");
      return new Result(
          isEmpty + " || " + value + " == null", JavaTypes.unbox(input.type(), value));
    }
    if (!isLast && updates.isRetractable()) {
      SlidingFirst first = new SlidingFirst(input, updates == Updates.RETRACT_BY_TIME);
      String value = "((ValueQueue) " + accumulators.require(first).apply(0) + ").first()";
      return new Result(
          isEmpty + " || " + value + " == null", JavaTypes.unbox(input.type(), value));
    }
    Edge edge = new Edge(input, isLast, updates);
    IntFunction<String> fields = accumulators.require(edge);
    String value = fields.apply(Edge.VALUE);
    if (input.layout() == Layout.OBJECT) {
      return new Result(
          isEmpty + " || " + value + " == null", JavaTypes.unbox(input.type(), value));
    }
    return new Result(
        input.takesNull() ? isEmpty + " || " + fields.apply(edge.nullField()) : isEmpty, value);
  }
}
