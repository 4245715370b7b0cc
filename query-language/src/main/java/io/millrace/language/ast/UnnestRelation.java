package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code UNNEST(arrays) [WITH ORDINALITY]}. */
public record UnnestRelation(List<Expression> arrays, boolean isWithOrdinality, Span span)
    implements Relation {

  public UnnestRelation {
    arrays = List.copyOf(arrays);
  }

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitUnnestRelation(this);
  }
}
