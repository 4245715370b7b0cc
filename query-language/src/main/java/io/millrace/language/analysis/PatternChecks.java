package io.millrace.language.analysis;

import io.millrace.language.plan.PatternTerm;
import io.millrace.language.plan.PatternTermVisitor;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Map;

/** Reports what has no meaning in a pattern. */
final class PatternChecks implements PatternTermVisitor<Boolean> {
  private final Reporter reporter;
  private final Map<PatternTerm, Span> spans;

  /**
   * @param spans where terms stand, by identity
   */
  PatternChecks(Reporter reporter, Map<PatternTerm, Span> spans) {
    this.reporter = reporter;
    this.spans = spans;
  }

  /** Checks a pattern. */
  void check(PatternTerm pattern) {
    int before = reporter.errorCount();
    ended(pattern);
    pattern.accept(this);
    if (reporter.errorCount() == before) {
      needsEvent(pattern, "a pattern");
    }
    if (PatternSize.of(pattern) > PatternSize.MOST) {
      error(
          pattern,
          "a pattern has at most "
              + PatternSize.MOST
              + " elements, commas, repeats, EVERY and WITHIN together, and this has "
              + PatternSize.of(pattern),
          "let one pattern read the stream that another one feeds");
    }
  }

  private void error(PatternTerm term, String message, String hint) {
    reporter.error(PatternAnalyzer.CODE, spans.getOrDefault(term, Span.NONE), message, hint);
  }

  private void needsEvent(PatternTerm term, String what) {
    if (canBeEmpty(term)) {
      error(
          term,
          what + " needs an event, and this is complete without any",
          "write + in place of *, leave out ?, or name another event beside it");
    }
  }

  /** Whether it is complete without an event, at once. */
  private static boolean canBeEmpty(PatternTerm term) {
    if (term instanceof PatternTerm.Repeat repeat) {
      return repeat.min() == 0 || canBeEmpty(repeat.term());
    }
    if (term instanceof PatternTerm.Sequence sequence) {
      return sequence.steps().stream().allMatch(step -> canBeEmpty(step.term()));
    }
    if (term instanceof PatternTerm.AllOf all) {
      return all.sides().stream().allMatch(PatternChecks::canBeEmpty);
    }
    if (term instanceof PatternTerm.AnyOf any) {
      return any.sides().stream().anyMatch(PatternChecks::canBeEmpty);
    }
    return term instanceof PatternTerm.Every every
        ? canBeEmpty(every.term())
        : term instanceof PatternTerm.Within within && canBeEmpty(within.term());
  }

  /** Whether it may be complete without an event, when time has passed. */
  private static boolean isSilence(PatternTerm term) {
    if (term instanceof PatternTerm.Sequence sequence) {
      return sequence.steps().stream().allMatch(step -> isSilence(step.term()));
    }
    if (term instanceof PatternTerm.AllOf all) {
      return all.sides().stream().allMatch(PatternChecks::isSilence);
    }
    if (term instanceof PatternTerm.AnyOf any) {
      return any.sides().stream().anyMatch(PatternChecks::isSilence);
    }
    if (term instanceof PatternTerm.Repeat repeat) {
      return repeat.min() == 0 || isSilence(repeat.term());
    }
    return term instanceof PatternTerm.Within within
        ? isSilence(within.term())
        : term instanceof PatternTerm.Absence absence && absence.isTimed();
  }

  private static boolean isEndless(PatternTerm term) {
    return term instanceof PatternTerm.Absence absence && !absence.isTimed();
  }

  /** Checks that an absence has an end of its own, where nothing else ends it. */
  private void ended(PatternTerm term) {
    if (isEndless(term)) {
      error(
          term,
          "NOT without FOR lasts until the next event of the pattern, and nothing comes behind it",
          "say for how long, as in NOT x FOR 1 MINUTE");
    }
  }

  @Override
  public Boolean visitEvent(PatternTerm.Event term) {
    return true;
  }

  @Override
  public Boolean visitAbsence(PatternTerm.Absence term) {
    return true;
  }

  @Override
  public Boolean visitSequence(PatternTerm.Sequence term) {
    List<PatternTerm.Step> steps = term.steps();
    boolean isEnded = false;
    for (int i = steps.size() - 1; i >= 0; i--) {
      PatternTerm step = steps.get(i).term();
      if (!isEnded) {
        ended(step);
      }
      isEnded |= !isEndless(step) && !canBeEmpty(step);
    }
    for (int i = 1; i < steps.size(); i++) {
      PatternTerm step = steps.get(i).term();
      boolean isTimed = step instanceof PatternTerm.Absence absence && absence.isTimed();
      if (steps.get(i).isNext()
          && (endsAbsent(steps.get(i - 1).term()) || (startsAbsent(step) && !isTimed))) {
        error(
            startsAbsent(step) ? step : steps.get(i - 1).term(),
            "a comma asks for the very next event, and beside NOT there is none to ask for",
            "write -> in its place; only x , NOT y FOR d has a meaning");
      }
    }
    steps.forEach(step -> step.term().accept(this));
    return true;
  }

  private static boolean startsAbsent(PatternTerm term) {
    return isAbsentAt(term, true);
  }

  private static boolean endsAbsent(PatternTerm term) {
    return isAbsentAt(term, false);
  }

  private static boolean isAbsentAt(PatternTerm term, boolean atStart) {
    if (term instanceof PatternTerm.Sequence sequence) {
      List<PatternTerm.Step> steps = sequence.steps();
      return isAbsentAt(steps.get(atStart ? 0 : steps.size() - 1).term(), atStart);
    }
    if (term instanceof PatternTerm.AllOf all) {
      return all.sides().stream().anyMatch(side -> isAbsentAt(side, atStart));
    }
    if (term instanceof PatternTerm.AnyOf any) {
      return any.sides().stream().anyMatch(side -> isAbsentAt(side, atStart));
    }
    if (term instanceof PatternTerm.Repeat repeat) {
      return isAbsentAt(repeat.term(), atStart);
    }
    if (term instanceof PatternTerm.Every every) {
      return isAbsentAt(every.term(), atStart);
    }
    return term instanceof PatternTerm.Within within
        ? isAbsentAt(within.term(), atStart)
        : term instanceof PatternTerm.Absence;
  }

  @Override
  public Boolean visitAllOf(PatternTerm.AllOf term) {
    boolean isEnded = term.sides().stream().anyMatch(side -> !isEndless(side));
    for (PatternTerm side : term.sides()) {
      needsEvent(side, "a side of AND");
      if (!isEnded) {
        ended(side);
      }
      side.accept(this);
    }
    return true;
  }

  @Override
  public Boolean visitAnyOf(PatternTerm.AnyOf term) {
    for (PatternTerm side : term.sides()) {
      needsEvent(side, "a side of OR");
      ended(side);
      side.accept(this);
    }
    return true;
  }

  @Override
  public Boolean visitRepeat(PatternTerm.Repeat term) {
    if (term.max() == PatternTerm.Repeat.UNLIMITED && isSilence(term.term())) {
      error(
          term,
          "silence is repeated for ever here, and no event ends it",
          "say how often at most, as in {1,10}");
    }
    return operand(term.term(), "a repeat");
  }

  @Override
  public Boolean visitEvery(PatternTerm.Every term) {
    return operand(term.term(), "EVERY");
  }

  private Boolean operand(PatternTerm term, String what) {
    needsEvent(term, what);
    ended(term);
    return term.accept(this);
  }

  @Override
  public Boolean visitWithin(PatternTerm.Within term) {
    ended(term.term());
    if (least(term.term()) > term.millis()) {
      error(
          term,
          "WITHIN is over before the NOT … FOR in it, so that this never matches",
          "make WITHIN longer, or leave it out: NOT … FOR has an end of its own");
    }
    return term.term().accept(this);
  }

  /** The least time from the first event to the last moment; time before an event is none. */
  private static long least(PatternTerm term) {
    if (term instanceof PatternTerm.Absence absence) {
      return absence.isTimed() ? absence.millis() : 0;
    }
    if (term instanceof PatternTerm.Sequence sequence) {
      long sum = 0;
      boolean hasBegun = false;
      for (PatternTerm.Step step : sequence.steps()) {
        hasBegun |= !(step.term() instanceof PatternTerm.Absence);
        long more = hasBegun ? least(step.term()) : 0;
        sum = more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
      }
      return sum;
    }
    if (term instanceof PatternTerm.AnyOf any) {
      return any.sides().stream().mapToLong(PatternChecks::least).min().orElse(0);
    }
    return term instanceof PatternTerm.Within within ? least(within.term()) : 0;
  }
}
