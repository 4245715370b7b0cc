package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code SHOW STREAMS} and its like. */
public record ShowStatement(ShowKind kind, Span span) implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitShowStatement(this);
  }
}
