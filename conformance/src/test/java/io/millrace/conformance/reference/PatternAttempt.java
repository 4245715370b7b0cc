package io.millrace.conformance.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An attempt at a pattern among the events of one key. */
final class PatternAttempt {
  private final PatternAttempts all;
  private final long number;
  private PatternState state;

  PatternAttempt(PatternAttempts all, long number, PatternState state) {
    this.all = all;
    this.number = number;
    this.state = state;
  }

  /** Attempts begin in the order of their numbers. */
  long number() {
    return number;
  }

  PatternState state() {
    return state;
  }

  /** The index of the event that came last. */
  long index() {
    return all.index();
  }

  /** The index of its first event; those without any come last. */
  long first() {
    List<Long> indexes = state.indexes();
    return indexes.isEmpty() ? Long.MAX_VALUE : indexes.get(0);
  }

  Map<String, List<PatternEvent>> taken() {
    Map<String, List<PatternEvent>> events = new HashMap<>();
    state.collect(events);
    return events;
  }

  /** Begins another attempt, which has all that this has but for what an EVERY has taken. */
  void fork(PatternPart.Every every, long time, long index) {
    PatternState copy = state.copy();
    PatternGroups.Repeated repeated = copy.find(every);
    if (repeated == null) {
      throw new IllegalStateException();
    }
    repeated.begin(time, index);
    all.begin(copy);
  }

  /** Remembers that the repeat that an EVERY begins with has taken the event. */
  void repeats(PatternPart.Every every) {
    all.repeats(every);
  }

  boolean isRepeated(PatternPart.Every every) {
    return all.isRepeated(every);
  }

  void offer(PatternEvent event, long index) {
    PatternState.Offer offer = new PatternState.Offer(event, index, this);
    boolean isTaken = state.fits(offer);
    PatternState.Fate fate = isTaken ? state.take(offer) : state.pass(offer);
    if (fate == PatternState.Fate.FAILS) {
      boolean begins = all.fail(this);
      if (begins) {
        begin(event.ts(), index - 1);
        if (state.fits(offer)) {
          state.take(offer);
        }
      }
    } else if (fate == PatternState.Fate.GOES_ON && !state.mayEnd()) {
      fate = state.endure(offer);
      if (fate == PatternState.Fate.FAILS && all.fail(this)) {
        begin(event.ts(), index);
      }
    }
    all.look(this, fate, event.ts());
  }

  /** Begins again. */
  void begin(long time, long index) {
    state = all.pattern().state();
    state.open(time, index);
  }

  long deadline() {
    return Math.min(state.deadline(true), state.deadline(false));
  }

  void reach(long time) {
    boolean ofWithin = state.deadline(true) == time;
    PatternState.Fate fate = state.reach(time, ofWithin, this);
    if (fate == PatternState.Fate.FAILS && all.fail(this)) {
      begin(time, all.index());
    }
    if (ofWithin && first() == Long.MAX_VALUE && !all.mayBegin()) {
      fate = PatternState.Fate.IS_DROPPED;
    }
    all.look(this, fate, time);
  }
}
