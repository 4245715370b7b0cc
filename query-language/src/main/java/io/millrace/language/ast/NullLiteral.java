package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code NULL}. */
public record NullLiteral(Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitNullLiteral(this);
  }
}
