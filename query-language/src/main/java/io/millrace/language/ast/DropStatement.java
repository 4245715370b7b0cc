package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code DROP kind [IF EXISTS] name}. */
public record DropStatement(ObjectKind kind, boolean isIfExists, Identifier name, Span span)
    implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitDropStatement(this);
  }
}
