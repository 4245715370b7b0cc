package io.millrace.language.ast;

/** One method per kind of PatternExpression, without defaults. */
public interface PatternExpressionVisitor<R> {
  R visitPatternElement(PatternElement pattern);

  R visitPatternRepeat(PatternRepeat pattern);

  R visitPatternAbsence(PatternAbsence pattern);

  R visitPatternEvery(PatternEvery pattern);

  R visitPatternLogical(PatternLogical pattern);

  R visitPatternSequence(PatternSequence pattern);

  R visitPatternWithin(PatternWithin pattern);
}
