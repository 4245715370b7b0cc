package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code (query)} as a source. */
public record SubqueryRelation(Query query, Span span) implements Relation {

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitSubqueryRelation(this);
  }
}
