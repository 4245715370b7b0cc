package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code TRUE} or {@code FALSE}. */
public record BooleanLiteral(boolean value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitBooleanLiteral(this);
  }
}
