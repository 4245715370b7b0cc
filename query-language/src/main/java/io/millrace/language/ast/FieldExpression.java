package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * {@code base.field}. The base of {@code a.b} is a {@link NameExpression}, be it source or struct.
 */
public record FieldExpression(Expression base, Identifier field, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitFieldExpression(this);
  }
}
