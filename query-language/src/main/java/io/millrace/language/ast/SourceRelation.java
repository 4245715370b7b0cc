package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A source with what follows it. Not used where nothing does. */
public record SourceRelation(Relation input, SourceModifiers modifiers, Span span)
    implements Relation {

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitSourceRelation(this);
  }
}
