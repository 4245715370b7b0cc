package io.millrace.language.ast;

/** A part of the pattern of a {@link MatchRecognizeRelation}. */
public sealed interface RowPattern extends Node
    permits RowVariable,
        RowConcatenation,
        RowAlternation,
        RowRepeat,
        RowAnchor,
        RowPermutation,
        RowExclusion {

  <R> R accept(RowPatternVisitor<R> visitor);
}
