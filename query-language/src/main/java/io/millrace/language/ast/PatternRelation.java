package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/** {@code PATTERN (pattern AFTER MATCH …)}. */
public record PatternRelation(PatternExpression pattern, @Nullable AfterMatch afterMatch, Span span)
    implements Relation {

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitPatternRelation(this);
  }
}
