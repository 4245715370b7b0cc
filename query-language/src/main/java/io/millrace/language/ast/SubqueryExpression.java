package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code (query)} as a value. */
public record SubqueryExpression(Query query, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitSubqueryExpression(this);
  }
}
