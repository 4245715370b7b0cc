package io.millrace.language.ast;

/** A part of a {@link PatternRelation}. */
public sealed interface PatternExpression extends Node
    permits PatternElement,
        PatternRepeat,
        PatternAbsence,
        PatternEvery,
        PatternLogical,
        PatternSequence,
        PatternWithin {

  <R> R accept(PatternExpressionVisitor<R> visitor);
}
