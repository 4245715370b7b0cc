package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A number with an exponent, as {@code 9e-1}; not negative. */
public record DoubleLiteral(double value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitDoubleLiteral(this);
  }
}
