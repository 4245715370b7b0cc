package io.millrace.language.ast;

import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.spi.error.Span;

/** {@code left operator right}. */
public record ArithmeticExpression(
    ArithmeticOperator operator, Expression left, Expression right, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitArithmeticExpression(this);
  }
}
