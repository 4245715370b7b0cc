package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** Text in single or double quotes, without them. */
public record StringLiteral(String value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitStringLiteral(this);
  }
}
