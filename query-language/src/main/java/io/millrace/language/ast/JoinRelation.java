package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code left type JOIN right WITHIN bound GRACE PERIOD grace ON condition}; what is absent is
 * null.
 */
public record JoinRelation(
    JoinType type,
    Relation left,
    Relation right,
    @Nullable JoinBound bound,
    @Nullable DurationLiteral grace,
    @Nullable Expression condition,
    Span span)
    implements Relation {

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitJoinRelation(this);
  }
}
