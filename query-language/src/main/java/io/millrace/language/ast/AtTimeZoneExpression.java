package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value AT TIME ZONE zone}. */
public record AtTimeZoneExpression(Expression value, Expression zone, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitAtTimeZoneExpression(this);
  }
}
