package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code NOT operand}. */
public record NotExpression(Expression operand, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitNotExpression(this);
  }
}
