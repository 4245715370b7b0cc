package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code base[index]}. */
public record SubscriptExpression(Expression base, Expression index, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitSubscriptExpression(this);
  }
}
