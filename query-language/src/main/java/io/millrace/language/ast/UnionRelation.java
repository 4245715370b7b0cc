package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code a UNION ALL b …}, two or more, none of them a union without parentheses. */
public record UnionRelation(List<Relation> inputs, Span span) implements Relation {

  public UnionRelation {
    inputs = List.copyOf(inputs);
  }

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitUnionRelation(this);
  }
}
