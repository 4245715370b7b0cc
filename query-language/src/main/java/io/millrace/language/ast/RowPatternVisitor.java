package io.millrace.language.ast;

/** One method per kind of RowPattern, without defaults. */
public interface RowPatternVisitor<R> {
  R visitRowVariable(RowVariable pattern);

  R visitRowConcatenation(RowConcatenation pattern);

  R visitRowAlternation(RowAlternation pattern);

  R visitRowRepeat(RowRepeat pattern);

  R visitRowAnchor(RowAnchor pattern);

  R visitRowPermutation(RowPermutation pattern);

  R visitRowExclusion(RowExclusion pattern);
}
