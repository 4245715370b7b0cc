package io.millrace.language.ast;

import io.millrace.language.expression.ComparisonOperator;
import io.millrace.spi.error.Span;

/** A comparison, IS [NOT] DISTINCT FROM too. */
public record ComparisonExpression(
    ComparisonOperator operator, Expression left, Expression right, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitComparisonExpression(this);
  }
}
