package io.millrace.language.analysis;

import io.millrace.language.plan.PatternTerm;
import java.util.List;

/**
 * EMIT CHANGES of matches: one that has all of its events, and only waits for a NOT … FOR to be
 * over, is sent at once, instead of when nothing can break it any more.
 */
final class PatternEmission {
  private PatternEmission() {}

  /** Whether a match may have all of its events and be broken still. */
  static boolean mayWait(PatternTerm term) {
    if (term instanceof PatternTerm.Sequence sequence) {
      List<PatternTerm.Step> steps = sequence.steps();
      PatternTerm last = steps.get(steps.size() - 1).term();
      return last instanceof PatternTerm.Absence
          ? steps.stream().anyMatch(step -> !(step.term() instanceof PatternTerm.Absence))
          : mayWait(last);
    }
    return term instanceof PatternTerm.Every every
        ? mayWait(every.term())
        : term instanceof PatternTerm.Within within && mayWait(within.term());
  }
}
