package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A bare name: source, column, lambda parameter, whatever analysis finds. */
public record NameExpression(Identifier name, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitNameExpression(this);
  }
}
