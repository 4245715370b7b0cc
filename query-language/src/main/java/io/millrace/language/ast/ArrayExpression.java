package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code ARRAY[elements]}. */
public record ArrayExpression(List<Expression> elements, Span span) implements Expression {

  public ArrayExpression {
    elements = List.copyOf(elements);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitArrayExpression(this);
  }
}
