package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code -operand}, of a number too: {@code -5} is the negation of 5. */
public record NegationExpression(Expression operand, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitNegationExpression(this);
  }
}
