package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code FINAL operand} or {@code RUNNING operand} in the measures of MATCH_RECOGNIZE. */
public record SemanticsExpression(boolean isFinal, Expression operand, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitSemanticsExpression(this);
  }
}
