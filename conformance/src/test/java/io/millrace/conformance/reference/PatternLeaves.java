package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States of parts without parts. */
final class PatternLeaves {
  private PatternLeaves() {}

  private static boolean fits(PatternPart.Element element, PatternState.Offer offer) {
    return element.stream().equals(offer.event().stream())
        && element.condition().holds(offer.event(), offer.attempt().taken());
  }

  /** A state that no deadline and no EVERY is in. */
  private abstract static class Timeless extends PatternState {
    @Override
    Fate endure(Offer offer) {
      return Fate.GOES_ON;
    }

    @Override
    long deadline(boolean ofWithin) {
      return NEVER;
    }

    @Override
    Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
      return Fate.GOES_ON;
    }

    @Override
    void open(long time, long index) {}

    @Override
    boolean hasBegunAnother() {
      return false;
    }

    @Override
    PatternGroups.@Nullable Repeated find(PatternPart.Every every) {
      return null;
    }
  }

  /** Of an element. */
  static final class One extends Timeless {
    private final PatternPart.Element element;
    private @Nullable PatternEvent event;
    private long index;

    One(PatternPart.Element element) {
      this.element = element;
    }

    @Override
    PatternState copy() {
      One copy = new One(element);
      copy.event = event;
      copy.index = index;
      return copy;
    }

    @Override
    boolean fits(Offer offer) {
      return event == null && PatternLeaves.fits(element, offer);
    }

    @Override
    Fate take(Offer offer) {
      event = offer.event();
      index = offer.index();
      return Fate.GOES_ON;
    }

    @Override
    Fate pass(Offer offer) {
      return Fate.GOES_ON;
    }

    @Override
    boolean mayEnd() {
      return event != null;
    }

    @Override
    boolean isOver() {
      return event != null;
    }

    @Override
    void collect(Map<String, List<PatternEvent>> events) {
      if (event != null) {
        events.put(element.name(), List.of(event));
      }
    }

    @Override
    List<Long> indexes() {
      return event == null ? List.of() : List.of(index);
    }
  }

  /** Of a repeated element. */
  static final class Several extends Timeless {
    private final PatternPart.Repeat repeat;
    private final List<PatternEvent> events = new ArrayList<>();
    private final List<Long> indexes = new ArrayList<>();
    private boolean isBroken;

    Several(PatternPart.Repeat repeat) {
      this.repeat = repeat;
    }

    @Override
    PatternState copy() {
      Several copy = new Several(repeat);
      copy.events.addAll(events);
      copy.indexes.addAll(indexes);
      copy.isBroken = isBroken;
      return copy;
    }

    @Override
    boolean fits(Offer offer) {
      return !isOver() && PatternLeaves.fits(repeat.element(), offer);
    }

    @Override
    Fate take(Offer offer) {
      events.add(offer.event());
      indexes.add(offer.index());
      return Fate.GOES_ON;
    }

    @Override
    Fate pass(Offer offer) {
      isBroken |= repeat.isUnbroken() && !events.isEmpty();
      return isBroken && !mayEnd() ? Fate.FAILS : Fate.GOES_ON;
    }

    @Override
    boolean mayEnd() {
      return events.size() >= repeat.min();
    }

    @Override
    boolean isOver() {
      return isBroken
          || events.size() == repeat.max()
          || (repeat.isReluctant() && !repeat.isHeld() && mayEnd());
    }

    @Override
    void collect(Map<String, List<PatternEvent>> all) {
      if (!events.isEmpty()) {
        all.put(repeat.element().name(), List.copyOf(events));
      }
    }

    @Override
    List<Long> indexes() {
      return indexes;
    }
  }

  /** Of an absence. */
  static final class None extends Timeless {
    private final PatternPart.Absence absence;
    private long start = NEVER;
    private long openedBy = -1;
    private boolean isDone;

    None(PatternPart.Absence absence) {
      this.absence = absence;
    }

    @Override
    PatternState copy() {
      None copy = new None(absence);
      copy.start = start;
      copy.openedBy = openedBy;
      copy.isDone = isDone;
      return copy;
    }

    @Override
    void open(long time, long index) {
      start = time;
      openedBy = index;
    }

    @Override
    boolean fits(Offer offer) {
      return false;
    }

    @Override
    Fate take(Offer offer) {
      throw new IllegalStateException();
    }

    @Override
    Fate pass(Offer offer) {
      return Fate.GOES_ON;
    }

    @Override
    Fate endure(Offer offer) {
      boolean isBroken =
          !isDone
              && offer.index() > openedBy
              && absence.forbidden().stream().anyMatch(e -> PatternLeaves.fits(e, offer));
      return isBroken ? Fate.FAILS : Fate.GOES_ON;
    }

    @Override
    boolean mayEnd() {
      return isDone || absence.millis() < 0;
    }

    @Override
    boolean isOver() {
      return isDone;
    }

    @Override
    long deadline(boolean ofWithin) {
      boolean isTimed = !ofWithin && !isDone && start != NEVER && absence.millis() >= 0;
      return isTimed ? start + absence.millis() : NEVER;
    }

    @Override
    Fate reach(long time, boolean ofWithin, PatternAttempt attempt) {
      isDone = true;
      return Fate.GOES_ON;
    }

    @Override
    void collect(Map<String, List<PatternEvent>> events) {}

    @Override
    List<Long> indexes() {
      return List.of();
    }
  }
}
