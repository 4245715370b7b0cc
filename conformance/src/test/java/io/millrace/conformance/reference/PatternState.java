package io.millrace.conformance.reference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come with a part of its pattern: a plain object that is copied where
 * attempts part. What takes an event says so first, so that whatever surrounds it can go on to it.
 */
abstract class PatternState {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  /** What has become of a part. */
  enum Fate {
    GOES_ON,
    FAILS,
    /** The whole attempt is, and none begins in its place. */
    IS_DROPPED
  }

  /**
   * An event as an attempt sees it.
   *
   * @param index its place among the events of its key
   */
  record Offer(PatternEvent event, long index, PatternAttempt attempt) {}

  abstract PatternState copy();

  /** Begins to wait, at a time, behind the event of an index. */
  abstract void open(long time, long index);

  /** Whether it takes the event. */
  abstract boolean fits(Offer offer);

  /** Takes an event that fits. */
  abstract Fate take(Offer offer);

  /** Sees that an event has come that it did not take. */
  abstract Fate pass(Offer offer);

  /** Lets an event break the absences that are waited for. */
  abstract Fate endure(Offer offer);

  /** Whether what follows may begin. */
  abstract boolean mayEnd();

  /** Whether it takes no further event. */
  abstract boolean isOver();

  /**
   * When time changes it next.
   *
   * @param ofWithin of a WITHIN, or of an absence
   */
  abstract long deadline(boolean ofWithin);

  /** Is changed by time, which has come to its deadline. */
  abstract Fate reach(long time, boolean ofWithin, PatternAttempt attempt);

  /** Adds the events that it has taken, by the names of elements. */
  abstract void collect(Map<String, List<PatternEvent>> events);

  /** The events that it has taken, the first in front. */
  abstract List<Long> indexes();

  /** Whether an EVERY in it has begun another attempt. */
  abstract boolean hasBegunAnother();

  /** The state of an EVERY in it, or null. */
  abstract PatternGroups.@Nullable Repeated find(PatternPart.Every every);

  final boolean hasBegun() {
    return !indexes().isEmpty();
  }
}
