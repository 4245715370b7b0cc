package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code POSITION(needle IN text)}. */
public record PositionExpression(Expression needle, Expression text, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitPositionExpression(this);
  }
}
