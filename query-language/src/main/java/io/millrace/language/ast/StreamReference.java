package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A stream, table, named window, aggregation or common table. */
public record StreamReference(Identifier name, Span span) implements Relation {

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitStreamReference(this);
  }
}
