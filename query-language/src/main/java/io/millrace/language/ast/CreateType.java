package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code CREATE TYPE name AS type}. */
public record CreateType(Identifier name, DataTypeName type, Span span) implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitCreateType(this);
  }
}
