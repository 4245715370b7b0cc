package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code FLOOR(value TO unit)}. */
public record FloorToExpression(Expression value, Identifier unit, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitFloorToExpression(this);
  }
}
