package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code a || b …}, two or more. */
public record ConcatenationExpression(List<Expression> operands, Span span) implements Expression {

  public ConcatenationExpression {
    operands = List.copyOf(operands);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitConcatenationExpression(this);
  }
}
