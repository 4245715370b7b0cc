package io.millrace.operators.pattern;

import java.util.Arrays;

/**
 * Where one attempt to fulfil a pattern stands: loaded from its row in the table of attempts, and
 * written back when the {@link Matcher} is done with it. What is kept of its events stays in the
 * table.
 */
final class Attempt {
  /** In place of a time: none. */
  static final long NONE = Long.MAX_VALUE;

  /** Its number in the table; {@link Chain#NONE} if it has none yet. */
  int number = Chain.NONE;

  /** The variables whose events are waited for, or must not come: a bit for each. */
  long waits;

  /** Bits of {@link ProgramLayout}. */
  long flags;

  /** The variables of which it has taken an event. */
  long taken;

  /** The number of its first event; 0 if it has none yet. */
  long first;

  /** The number of its last event. */
  long last;

  /** The time of its first event. */
  long firstTime;

  /** The cause of its first event. */
  long firstCause;

  /** The number of the event that a skip goes to. */
  long target;

  /** By repeat how often its part has been complete. */
  final long[] counts;

  /** By timer when it is due. */
  final long[] dues;

  // What the last step of the matcher has come to.

  boolean isMatched;
  boolean isFailed;

  /** Whether it has failed, or begun a part of it again, since an event was not the very next. */
  boolean isBroken;

  /** Whether a part of it has begun again. */
  boolean hasBegunAgain;

  /** The variables of which nothing is kept any more. */
  long forgotten;

  /** What has been waited for anew since the step began. */
  long entered;

  /** Flags that have been set since the step began. */
  long flagged;

  Attempt(ProgramLayout layout) {
    counts = new long[layout.repeats()];
    dues = new long[layout.timers()];
  }

  /** Forgets what the last step has come to. */
  void beginStep() {
    isMatched = false;
    isFailed = false;
    isBroken = false;
    hasBegunAgain = false;
    forgotten = 0;
    entered = 0;
    flagged = 0;
  }

  /** Makes it one that has not begun. */
  void clear() {
    number = Chain.NONE;
    waits = 0;
    flags = 0;
    taken = 0;
    first = 0;
    last = 0;
    firstTime = 0;
    firstCause = 0;
    target = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(dues, NONE);
    beginStep();
  }

  /** Makes it stand where another one does, but for its number. */
  void copyOf(Attempt other) {
    number = Chain.NONE;
    waits = other.waits;
    flags = other.flags;
    taken = other.taken;
    first = other.first;
    last = other.last;
    firstTime = other.firstTime;
    firstCause = other.firstCause;
    target = other.target;
    System.arraycopy(other.counts, 0, counts, 0, counts.length);
    System.arraycopy(other.dues, 0, dues, 0, dues.length);
    beginStep();
  }

  /** When the first of its timers is due; {@link #NONE} if none runs. */
  long firstDue() {
    long first = NONE;
    for (long due : dues) {
      first = Math.min(first, due);
    }
    return first;
  }
}
