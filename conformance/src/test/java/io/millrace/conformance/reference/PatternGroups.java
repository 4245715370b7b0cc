package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** States of parts that hold others. */
final class PatternGroups {
  private PatternGroups() {}

  static List<PatternState> copies(List<PatternState> states) {
    List<PatternState> copies = new ArrayList<>();
    states.forEach(state -> copies.add(state.copy()));
    return copies;
  }

  static List<Long> indexes(List<PatternState> states) {
    return states.stream().flatMap(state -> state.indexes().stream()).sorted().toList();
  }

  static @Nullable Repeated find(List<PatternState> states, PatternPart.Every every) {
    return states.stream()
        .map(state -> state.find(every))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Of several sides. */
  private abstract static class Sides extends PatternState {
    final PatternPart.Logical logical;
    final List<PatternState> sides;

    Sides(PatternPart.Logical logical, List<PatternState> sides) {
      this.logical = logical;
      this.sides = sides;
    }

    /** The sides that are still waited for. */
    abstract List<PatternState> open();

    /** What becomes of it when a side has failed. */
    abstract Fate without(PatternState side, Fate fate);

    /** What becomes of it when a side may have ended. */
    abstract void ended(PatternState side);

    @Override
    void open(long time, long index) {
      sides.forEach(side -> side.open(time, index));
    }

    @Override
    boolean fits(Offer offer) {
      return open().stream().anyMatch(side -> side.fits(offer));
    }

    @Override
    Fate take(Offer offer) {
      PatternState taking =
          open().stream().filter(side -> side.fits(offer)).findFirst().orElseThrow();
      Fate fate = taking.take(offer);
      for (PatternState side : List.copyOf(open())) {
        if (fate == Fate.GOES_ON && side != taking) {
          fate = without(side, side.pass(offer));
        }
      }
      ended(taking);
      return fate;
    }

    @Override
    Fate pass(Offer offer) {
      Fate fate = Fate.GOES_ON;
      for (PatternState side : List.copyOf(open())) {
        fate = fate == Fate.GOES_ON ? without(side, side.pass(offer)) : fate;
      }
      return fate;
    }

    @Override
    Fate endure(Offer offer) {
      Fate fate = Fate.GOES_ON;
      for (PatternState side : List.copyOf(open())) {
        fate = fate == Fate.GOES_ON ? without(side, side.endure(offer)) : fate;
      }
      return fate;
    }

    @Override
    long deadline(boolean ofWithin) {
      return open().stream().mapToLong(side -> side.deadline(ofWithin)).min().orElse(NEVER);
    }

    @Override
    Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
      PatternState next =
          open().stream().filter(s -> s.deadline(ofWithin) == time).findFirst().orElseThrow();
      Fate fate = without(next, next.reach(time, ofWithin, attempt));
      ended(next);
      return fate;
    }

    @Override
    boolean isOver() {
      return mayEnd();
    }

    @Override
    void collect(Map<String, List<PatternEvent>> events) {
      sides.forEach(side -> side.collect(events));
    }

    @Override
    List<Long> indexes() {
      return PatternGroups.indexes(sides);
    }

    @Override
    boolean hasBegunAnother() {
      return sides.stream().anyMatch(PatternState::hasBegunAnother);
    }

    @Override
    @Nullable Repeated find(PatternPart.Every every) {
      return PatternGroups.find(sides, every);
    }
  }

  /** Of AND. */
  static final class All extends Sides {
    All(PatternPart.Logical logical) {
      this(logical, PatternPart.states(logical.sides()));
    }

    private All(PatternPart.Logical logical, List<PatternState> sides) {
      super(logical, sides);
    }

    @Override
    PatternState copy() {
      return new All(logical, copies(sides));
    }

    @Override
    List<PatternState> open() {
      return mayEnd() ? List.of() : sides;
    }

    @Override
    Fate without(PatternState side, Fate fate) {
      return fate;
    }

    @Override
    void ended(PatternState side) {}

    @Override
    boolean mayEnd() {
      return sides.stream().allMatch(PatternState::mayEnd);
    }
  }

  /** Of OR: of a side that has failed nothing is left, and of the others once one may end. */
  static final class Any extends Sides {
    private boolean isDecided;

    Any(PatternPart.Logical logical) {
      this(logical, PatternPart.states(logical.sides()));
    }

    private Any(PatternPart.Logical logical, List<PatternState> sides) {
      super(logical, sides);
    }

    @Override
    PatternState copy() {
      Any copy = new Any(logical, copies(sides));
      copy.isDecided = isDecided;
      return copy;
    }

    @Override
    List<PatternState> open() {
      return isDecided ? List.of() : sides;
    }

    @Override
    Fate without(PatternState side, Fate fate) {
      if (fate != Fate.FAILS || sides.size() == 1) {
        return fate;
      }
      sides.removeIf(other -> other == side);
      return Fate.GOES_ON;
    }

    @Override
    void ended(PatternState side) {
      if (side.mayEnd()) {
        isDecided = true;
        sides.removeIf(other -> other != side);
      }
    }

    @Override
    boolean mayEnd() {
      return isDecided;
    }
  }

  /** Of EVERY. */
  static final class Repeated extends PatternState {
    private final PatternPart.Every every;
    private PatternState operand;
    private boolean isComplete;

    Repeated(PatternPart.Every every) {
      this(every, every.operand().state());
    }

    private Repeated(PatternPart.Every every, PatternState operand) {
      this.every = every;
      this.operand = operand;
    }

    @Override
    PatternState copy() {
      Repeated copy = new Repeated(every, operand.copy());
      copy.isComplete = isComplete;
      return copy;
    }

    @Override
    void open(long time, long index) {
      operand.open(time, index);
    }

    /** Waits for its operand once more. */
    void begin(long time, long index) {
      operand = every.operand().state();
      operand.open(time, index);
      isComplete = false;
    }

    @Override
    boolean fits(Offer offer) {
      boolean isAnothers = !operand.hasBegun() && offer.attempt().isRepeated(every);
      return !isAnothers && operand.fits(offer);
    }

    @Override
    Fate take(Offer offer) {
      if (isComplete && every.operand() instanceof PatternPart.Repeat) {
        offer.attempt().repeats(every);
      }
      Fate fate = operand.take(offer);
      return changed(fate, offer.event().ts(), offer.index(), offer.attempt());
    }

    /** Begins another attempt if its operand has become complete, or again if it has failed. */
    private Fate changed(Fate fate, long time, long index, PatternAttempt attempt) {
      if (fate == Fate.FAILS && !isComplete) {
        begin(time, index);
        return Fate.GOES_ON;
      }
      if (fate == Fate.GOES_ON && !isComplete && operand.mayEnd()) {
        isComplete = true;
        attempt.fork(every, time, index);
      }
      return fate;
    }

    @Override
    Fate pass(Offer offer) {
      Fate fate = operand.pass(offer);
      if (fate == Fate.FAILS && !isComplete) {
        begin(offer.event().ts(), offer.index() - 1);
        return operand.fits(offer) ? take(offer) : Fate.GOES_ON;
      }
      return fate;
    }

    @Override
    Fate endure(Offer offer) {
      Fate fate = operand.endure(offer);
      return changed(fate, offer.event().ts(), offer.index(), offer.attempt());
    }

    @Override
    boolean mayEnd() {
      return operand.mayEnd();
    }

    @Override
    boolean isOver() {
      return operand.isOver();
    }

    @Override
    long deadline(boolean ofWithin) {
      return operand.deadline(ofWithin);
    }

    @Override
    Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
      Fate fate = operand.reach(time, ofWithin, attempt);
      return changed(fate, time, attempt.index(), attempt);
    }

    @Override
    void collect(Map<String, List<PatternEvent>> events) {
      operand.collect(events);
    }

    @Override
    List<Long> indexes() {
      return operand.indexes();
    }

    @Override
    boolean hasBegunAnother() {
      return isComplete || operand.hasBegunAnother();
    }

    @Override
    @Nullable Repeated find(PatternPart.Every other) {
      return other.equals(every) ? this : operand.find(other);
    }
  }

  /** Of WITHIN. */
  static final class Timed extends PatternState {
    private final PatternPart.Within within;
    private PatternState operand;
    private boolean isPast;

    Timed(PatternPart.Within within) {
      this(within, within.operand().state());
    }

    private Timed(PatternPart.Within within, PatternState operand) {
      this.within = within;
      this.operand = operand;
    }

    @Override
    PatternState copy() {
      Timed copy = new Timed(within, operand.copy());
      copy.isPast = isPast;
      return copy;
    }

    @Override
    void open(long time, long index) {
      operand.open(time, index);
    }

    @Override
    boolean fits(Offer offer) {
      return !isPast && operand.fits(offer);
    }

    @Override
    Fate take(Offer offer) {
      return operand.take(offer);
    }

    @Override
    Fate pass(Offer offer) {
      return operand.pass(offer);
    }

    @Override
    Fate endure(Offer offer) {
      return operand.endure(offer);
    }

    @Override
    boolean mayEnd() {
      return operand.mayEnd();
    }

    @Override
    boolean isOver() {
      return isPast || operand.isOver();
    }

    @Override
    long deadline(boolean ofWithin) {
      long inner = operand.deadline(ofWithin);
      return ofWithin ? Math.min(inner, own()) : inner;
    }

    private long own() {
      if (!hasBegun() || isPast || (operand.mayEnd() && operand.isOver())) {
        return NEVER;
      }
      return first().ts() + within.millis();
    }

    private PatternEvent first() {
      Map<String, List<PatternEvent>> events = new HashMap<>();
      collect(events);
      return events.values().stream()
          .flatMap(List::stream)
          .min(Comparator.comparingLong(PatternEvent::ts))
          .orElseThrow();
    }

    @Override
    Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
      if (!ofWithin || own() != time) {
        return operand.reach(time, ofWithin, attempt);
      }
      if (operand.mayEnd()) {
        isPast = true;
        return Fate.GOES_ON;
      }
      if (operand.hasBegunAnother()) {
        return Fate.IS_DROPPED;
      }
      operand = within.operand().state();
      operand.open(time, attempt.index());
      return Fate.GOES_ON;
    }

    @Override
    void collect(Map<String, List<PatternEvent>> events) {
      operand.collect(events);
    }

    @Override
    List<Long> indexes() {
      return operand.indexes();
    }

    @Override
    boolean hasBegunAnother() {
      return operand.hasBegunAnother();
    }

    @Override
    @Nullable Repeated find(PatternPart.Every every) {
      return operand.find(every);
    }
  }
}
