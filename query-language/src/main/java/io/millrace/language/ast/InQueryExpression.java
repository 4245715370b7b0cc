package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value [NOT] IN (query)}. */
public record InQueryExpression(Expression value, Query query, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitInQueryExpression(this);
  }
}
