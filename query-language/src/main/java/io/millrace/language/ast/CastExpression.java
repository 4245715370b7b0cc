package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code CAST(value AS type)} or {@code TRY_CAST(value AS type)}. */
public record CastExpression(Expression value, DataTypeName type, boolean isTry, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitCastExpression(this);
  }
}
