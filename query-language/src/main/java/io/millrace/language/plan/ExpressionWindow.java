package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The last rows for which a condition over all of them is true.
 *
 * @param aggregates what the condition reads
 * @param condition over the results of the aggregates
 */
public record ExpressionWindow(List<AggregateCall> aggregates, RowExpression condition)
    implements WindowSpec.Arriving {
  public ExpressionWindow {
    aggregates = List.copyOf(aggregates);
  }

  @Override
  public List<RowExpression> expressions() {
    List<RowExpression> expressions = new ArrayList<>();
    mapExpressions(
        expression -> {
          expressions.add(expression);
          return expression;
        });
    return expressions;
  }

  @Override
  public WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
    return new ExpressionWindow(
        aggregates.stream().map(call -> call.mapped(change)).toList(), condition);
  }

  @Override
  public <R> R accept(WindowVisitor<R> visitor) {
    return visitor.visitExpression(this);
  }
}
