package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value [NOT] REGEXP pattern}, RLIKE too. */
public record RegexpExpression(Expression value, Expression pattern, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitRegexpExpression(this);
  }
}
