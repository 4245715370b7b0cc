package io.millrace.language.analysis;

import io.millrace.language.plan.PatternTerm;
import io.millrace.language.plan.PatternTermVisitor;

/** How many elements a pattern has, and commas, repeats, EVERY and WITHIN. */
final class PatternSize implements PatternTermVisitor<Integer> {
  /** An attempt is a few bits for each of them. */
  static final int MOST = 50;

  private PatternSize() {}

  static int of(PatternTerm pattern) {
    return pattern.accept(new PatternSize());
  }

  @Override
  public Integer visitEvent(PatternTerm.Event term) {
    return 1;
  }

  @Override
  public Integer visitAbsence(PatternTerm.Absence term) {
    return term.variables().size();
  }

  @Override
  public Integer visitSequence(PatternTerm.Sequence term) {
    return term.steps().stream()
        .mapToInt(step -> step.term().accept(this) + (step.isNext() ? 1 : 0))
        .sum();
  }

  @Override
  public Integer visitAllOf(PatternTerm.AllOf term) {
    return term.sides().stream().mapToInt(side -> side.accept(this)).sum();
  }

  @Override
  public Integer visitAnyOf(PatternTerm.AnyOf term) {
    return term.sides().stream().mapToInt(side -> side.accept(this)).sum();
  }

  @Override
  public Integer visitRepeat(PatternTerm.Repeat term) {
    return 1 + term.term().accept(this);
  }

  @Override
  public Integer visitEvery(PatternTerm.Every term) {
    return 1 + term.term().accept(this);
  }

  @Override
  public Integer visitWithin(PatternTerm.Within term) {
    return 1 + term.term().accept(this);
  }
}
