package io.millrace.conformance.reference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a sequence. */
final class PatternSteps extends PatternState {
  private final PatternPart.Sequence sequence;
  private final List<PatternState> states;

  /** The last step that has begun, and which one may still be at. */
  private int at;

  /** Of the last event that a step has taken. */
  private long last = -1;

  PatternSteps(PatternPart.Sequence sequence) {
    this(
        sequence,
        PatternPart.states(sequence.steps().stream().map(PatternPart.Step::part).toList()));
  }

  private PatternSteps(PatternPart.Sequence sequence, List<PatternState> states) {
    this.sequence = sequence;
    this.states = states;
  }

  @Override
  PatternState copy() {
    PatternSteps copy = new PatternSteps(sequence, PatternGroups.copies(states));
    copy.at = at;
    copy.last = last;
    return copy;
  }

  @Override
  void open(long time, long index) {
    states.get(0).open(time, index);
    openBehind(0, time, index);
  }

  /** What stands behind a step is waited for, too, as soon as that may end. */
  private void openBehind(int step, long time, long index) {
    for (int i = step; i + 1 < states.size() && states.get(i).mayEnd(); i++) {
      states.get(i + 1).open(time, index);
    }
  }

  /** The step that takes an event: the latest that can; -1 if none. */
  private int taking(Offer offer) {
    int taking = -1;
    boolean isNext = isNext(at);
    for (int i = at; i < states.size(); i++) {
      PatternState state = states.get(i);
      isNext = i == at ? isNext : isNextBehind(i, isNext);
      boolean isInTime = state.hasBegun() || !isNext || offer.index() == last + 1;
      if (isInTime && state.fits(offer)) {
        taking = i;
      }
      if (!state.mayEnd()) {
        break;
      }
    }
    return taking;
  }

  /** Whether a comma stands in front of a step that has nothing to go by but what is in front. */
  private boolean isNext(int step) {
    return step > 0 && sequence.steps().get(step).isNext();
  }

  /** Whether a step must take the very next event: nothing but commas since the last one. */
  private boolean isNextBehind(int step, boolean isNextBefore) {
    return isNext(step) && (states.get(step - 1).hasBegun() || isNextBefore);
  }

  @Override
  boolean fits(Offer offer) {
    return taking(offer) >= 0;
  }

  @Override
  Fate take(Offer offer) {
    at = taking(offer);
    Fate fate = states.get(at).take(offer);
    last = offer.index();
    openBehind(at, offer.event().ts(), offer.index());
    return fate;
  }

  @Override
  Fate pass(Offer offer) {
    Fate fate = states.get(at).pass(offer);
    if (fate != Fate.GOES_ON) {
      return fate;
    }
    int step = at;
    boolean isNext = isNext(at);
    boolean isMissed = isNext && !states.get(at).hasBegun();
    boolean hasMissed = isMissed;
    while (isMissed || states.get(step).isOver()) {
      if (!states.get(step).mayEnd()) {
        return Fate.FAILS;
      }
      if (step == states.size() - 1) {
        return Fate.GOES_ON;
      }
      step++;
      isNext = isNextBehind(step, isNext);
      isMissed = isNext;
      hasMissed |= isMissed;
    }
    at = hasMissed ? step : at;
    return Fate.GOES_ON;
  }

  @Override
  Fate endure(Offer offer) {
    for (int i = at; i < states.size(); i++) {
      Fate fate = states.get(i).endure(offer);
      if (fate != Fate.GOES_ON || !states.get(i).mayEnd()) {
        return fate;
      }
    }
    return Fate.GOES_ON;
  }

  @Override
  boolean mayEnd() {
    return states.subList(at, states.size()).stream().allMatch(PatternState::mayEnd);
  }

  @Override
  boolean isOver() {
    return states.subList(at, states.size()).stream().allMatch(PatternState::isOver);
  }

  @Override
  long deadline(boolean ofWithin) {
    int step = next(ofWithin);
    return step < 0 ? NEVER : states.get(step).deadline(ofWithin);
  }

  /** Of the steps that are waited for, the one whose deadline is next; -1 if none has one. */
  private int next(boolean ofWithin) {
    int next = -1;
    long earliest = NEVER;
    for (int i = at; i < states.size(); i++) {
      long deadline = states.get(i).deadline(ofWithin);
      if (deadline < earliest) {
        earliest = deadline;
        next = i;
      }
      if (!states.get(i).mayEnd()) {
        break;
      }
    }
    return next;
  }

  @Override
  Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
    int step = next(ofWithin);
    Fate fate;
    if (ofWithin) {
      fate = states.get(step).reach(time, true, attempt);
    } else {
      at = step;
      fate = states.get(step).reach(time, false, attempt);
      openBehind(step, time, attempt.index());
    }
    return fate;
  }

  @Override
  void collect(Map<String, List<PatternEvent>> events) {
    states.forEach(state -> state.collect(events));
  }

  @Override
  List<Long> indexes() {
    return PatternGroups.indexes(states);
  }

  @Override
  boolean hasBegunAnother() {
    return states.stream().anyMatch(PatternState::hasBegunAnother);
  }

  @Override
  PatternGroups.@Nullable Repeated find(PatternPart.Every every) {
    return PatternGroups.find(states, every);
  }
}
