package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code SET 'key' = 'value'}. */
public record SetStatement(OptionAssignment assignment, Span span) implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitSetStatement(this);
  }
}
