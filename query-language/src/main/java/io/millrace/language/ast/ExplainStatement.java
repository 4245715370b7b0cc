package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code EXPLAIN [LOGICAL|PHYSICAL|CODE|ANALYZE] query}. */
public record ExplainStatement(ExplainLevel level, Query query, Span span) implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitExplainStatement(this);
  }
}
