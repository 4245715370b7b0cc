package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** AND or OR of two or more, none of them the same operator without parentheses. */
public record LogicalExpression(boolean isAnd, List<Expression> terms, Span span)
    implements Expression {

  public LogicalExpression {
    terms = List.copyOf(terms);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitLogicalExpression(this);
  }
}
