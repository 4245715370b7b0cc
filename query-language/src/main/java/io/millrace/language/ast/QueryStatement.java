package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A bare query: its rows go to the console, or to the program that embeds the engine. */
public record QueryStatement(Query query, Span span) implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitQueryStatement(this);
  }
}
