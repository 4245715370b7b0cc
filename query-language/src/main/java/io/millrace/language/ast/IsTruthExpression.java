package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code value IS [NOT] TRUE} or {@code FALSE}; never NULL. */
public record IsTruthExpression(Expression value, boolean truth, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitIsTruthExpression(this);
  }
}
