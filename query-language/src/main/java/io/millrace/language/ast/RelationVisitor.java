package io.millrace.language.ast;

/** One method per kind of Relation, without defaults. */
public interface RelationVisitor<R> {
  R visitStreamReference(StreamReference relation);

  R visitSubqueryRelation(SubqueryRelation relation);

  R visitUnnestRelation(UnnestRelation relation);

  R visitUnionRelation(UnionRelation relation);

  R visitJoinRelation(JoinRelation relation);

  R visitPatternRelation(PatternRelation relation);

  R visitMatchRecognizeRelation(MatchRecognizeRelation relation);

  R visitSourceRelation(SourceRelation relation);
}
