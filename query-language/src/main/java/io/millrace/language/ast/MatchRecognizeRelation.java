package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code input MATCH_RECOGNIZE (…)}. */
public record MatchRecognizeRelation(
    Relation input,
    List<Expression> partitionBy,
    List<SortItem> orderBy,
    MatchOutput output,
    MatchDefinition definition,
    Span span)
    implements Relation {

  public MatchRecognizeRelation {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  @Override
  public <R> R accept(RelationVisitor<R> visitor) {
    return visitor.visitMatchRecognizeRelation(this);
  }
}
