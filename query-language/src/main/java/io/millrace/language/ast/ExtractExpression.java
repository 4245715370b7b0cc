package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code EXTRACT(part FROM value)}. */
public record ExtractExpression(Identifier part, Expression value, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitExtractExpression(this);
  }
}
