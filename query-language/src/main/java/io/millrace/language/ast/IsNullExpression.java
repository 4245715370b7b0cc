package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value IS [NOT] NULL}. */
public record IsNullExpression(Expression value, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitIsNullExpression(this);
  }
}
