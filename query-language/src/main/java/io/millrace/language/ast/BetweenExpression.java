package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value [NOT] BETWEEN low AND high}. */
public record BetweenExpression(
    Expression value, Expression low, Expression high, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitBetweenExpression(this);
  }
}
