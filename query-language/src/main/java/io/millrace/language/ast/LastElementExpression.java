package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code base[last]}, where {@code last} is the word and no column. */
public record LastElementExpression(Expression base, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitLastElementExpression(this);
  }
}
