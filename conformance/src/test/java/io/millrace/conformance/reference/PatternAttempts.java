package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The attempts at a pattern of one key, and what they have matched. */
final class PatternAttempts {
  private static final Comparator<PatternAttempt> ORDER =
      Comparator.comparingLong(PatternAttempt::first).thenComparingLong(PatternAttempt::number);

  private final PatternPart pattern;
  private final PatternSkip skip;
  private final BiConsumer<Map<String, List<PatternEvent>>, Long> matches;
  private final List<PatternAttempt> attempts = new ArrayList<>();
  private final Map<Long, PatternEvent> events = new HashMap<>();

  /** By the index of an event its place among those of all keys. */
  private final Map<Long, Long> places = new HashMap<>();

  private final Set<PatternPart.Every> repeating = new HashSet<>();
  private long begun;
  private long index = -1;
  private boolean hasMatched;

  /** Attempts that began with an event before it have been dropped. */
  private long floor;

  /**
   * @param matches takes each match, by the names of its elements, and its time
   * @param time when it begins: that of the key's first event
   */
  PatternAttempts(
      PatternPart pattern,
      PatternSkip skip,
      BiConsumer<Map<String, List<PatternEvent>>, Long> matches,
      long time) {
    this.pattern = pattern;
    this.skip = skip;
    this.matches = matches;
    PatternState state = pattern.state();
    state.open(time, index);
    begin(state);
  }

  PatternPart pattern() {
    return pattern;
  }

  long index() {
    return index;
  }

  void begin(PatternState state) {
    attempts.add(new PatternAttempt(this, begun++, state));
  }

  void repeats(PatternPart.Every every) {
    repeating.add(every);
  }

  boolean isRepeated(PatternPart.Every every) {
    return repeating.contains(every);
  }

  /** Whether an attempt that has failed begins again. */
  boolean mayBegin() {
    return !hasMatched || PatternQuery.beginsWithEvery(pattern);
  }

  /** An attempt has failed: whether it begins again; else it is dropped. */
  boolean fail(PatternAttempt attempt) {
    boolean begins = mayBegin() && !attempt.state().hasBegunAnother();
    if (!begins) {
      attempts.remove(attempt);
    }
    return begins;
  }

  /**
   * @param place of the event among those of all keys
   */
  void offer(PatternEvent event, long place) {
    index++;
    events.put(index, event);
    places.put(index, place);
    repeating.clear();
    List<PatternAttempt> now = new ArrayList<>(attempts);
    now.sort(ORDER);
    for (PatternAttempt attempt : now) {
      boolean isSkipped = attempt.first() == Long.MAX_VALUE && index < floor;
      if (attempts.contains(attempt) && !isSkipped) {
        attempt.offer(event, index);
      }
    }
    repeating.clear();
  }

  /** The next deadline of an attempt. */
  long deadline() {
    return attempts.stream().mapToLong(PatternAttempt::deadline).min().orElse(PatternState.NEVER);
  }

  /** What orders keys with one deadline: the place of the attempt's first event. */
  long firstAt(long deadline) {
    return places.getOrDefault(at(deadline).first(), Long.MIN_VALUE);
  }

  private PatternAttempt at(long deadline) {
    return attempts.stream()
        .filter(attempt -> attempt.deadline() == deadline)
        .min(ORDER)
        .orElseThrow();
  }

  void reach(long deadline) {
    at(deadline).reach(deadline);
  }

  /** Drops what began before an event. What EVERY waits for at the head begins again. */
  private void skipTo(long target, long time) {
    for (PatternAttempt attempt : List.copyOf(attempts)) {
      if (attempt.first() < target) {
        if (PatternQuery.beginsWithEvery(pattern) && !attempt.state().hasBegunAnother()) {
          attempt.begin(time, index);
        } else {
          attempts.remove(attempt);
        }
      }
    }
  }

  /** Looks what has become of an attempt. */
  void look(PatternAttempt attempt, PatternState.Fate fate, long time) {
    if (!attempts.contains(attempt)) {
      return;
    }
    if (fate == PatternState.Fate.IS_DROPPED) {
      attempts.remove(attempt);
    } else if (attempt.state().mayEnd()) {
      attempts.remove(attempt);
      hasMatched = true;
      Map<String, List<PatternEvent>> taken = attempt.taken();
      matches.accept(taken, time);
      long target = skip.target(taken, attempt.state().indexes(), events);
      skipTo(target, time);
      floor = Math.max(floor, target);
    }
  }
}
