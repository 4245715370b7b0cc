package io.millrace.language.ast;

/** A source of rows in FROM. */
public sealed interface Relation extends Node
    permits StreamReference,
        SubqueryRelation,
        UnnestRelation,
        UnionRelation,
        JoinRelation,
        PatternRelation,
        MatchRecognizeRelation,
        SourceRelation {

  <R> R accept(RelationVisitor<R> visitor);
}
