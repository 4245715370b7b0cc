package io.millrace.language.plan;

/** One method per kind of term, without defaults. */
public interface PatternTermVisitor<R> {
  R visitEvent(PatternTerm.Event term);

  R visitAbsence(PatternTerm.Absence term);

  R visitSequence(PatternTerm.Sequence term);

  R visitAllOf(PatternTerm.AllOf term);

  R visitAnyOf(PatternTerm.AnyOf term);

  R visitRepeat(PatternTerm.Repeat term);

  R visitEvery(PatternTerm.Every term);

  R visitWithin(PatternTerm.Within term);
}
