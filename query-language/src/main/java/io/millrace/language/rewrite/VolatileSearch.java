package io.millrace.language.rewrite;

import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks in a plan for functions that give another result when they are called again. */
public final class VolatileSearch {
  private VolatileSearch() {}

  /** The name of such a function that the plan calls, if there is one. */
  public static Optional<String> find(PlanNode root) {
    List<RowExpression> expressions = new ArrayList<>();
    NodeExpressions.map(
        root,
        expression -> {
          expressions.add(expression);
          return expression;
        });
    return expressions.stream()
        .flatMap(expression -> find(expression).stream())
        .findFirst()
        .or(() -> root.inputs().stream().flatMap(input -> find(input).stream()).findFirst());
  }

  private static Optional<String> find(RowExpression expression) {
    if (expression instanceof FunctionCall call && !call.function().deterministic()) {
      return Optional.of(call.function().name());
    }
    return expression.operands().stream().flatMap(operand -> find(operand).stream()).findFirst();
  }
}
