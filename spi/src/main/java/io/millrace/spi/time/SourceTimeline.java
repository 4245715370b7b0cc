package io.millrace.spi.time;

import org.jspecify.annotations.Nullable;

/**
 * The timeline of a batch of a source, computed from its rows' times. Reused from turn to turn.
 *
 * <p>Two ways, both fixed in source order: <em>arrival</em>, where the clock gives the times and a
 * row's own time is the watermark before it; and <em>event</em>, where the watermark before a row
 * is the greatest time of the rows before it less the slack. Or neither: who sends the rows has
 * said how far the watermark was before each (<em>told</em>).
 */
public final class SourceTimeline implements Timeline {
  private final Slack rule;

  /** Whether the sender of the rows says what the watermark is. */
  private final boolean told;

  /** The slack, if nothing estimates it. */
  private final long slack;

  private @Nullable SlackEstimator estimator;

  private long base;
  private int length;
  private long[] rowtimes = new long[0];
  private boolean arrival;
  private long[] watermarks = new long[0];
  private boolean computed;
  private boolean idle;
  private long first = NEVER;
  private long last = NEVER;

  public SourceTimeline() {
    this(Slack.NONE);
  }

  /**
   * @param slack how far the watermark stays behind the times of rows that have times of their own
   */
  public SourceTimeline(Slack slack) {
    this(slack, false);
  }

  private SourceTimeline(Slack slack, boolean told) {
    this.told = told;
    this.rule = slack;
    this.estimator = SlackEstimator.of(slack).orElse(null);
    this.slack = slack instanceof Slack.Fixed fixed ? fixed.millis() : 0;
  }

  /** One of rows whose sender says what the watermark is. */
  public static SourceTimeline ofTold() {
    return new SourceTimeline(Slack.NONE, true);
  }

  /**
   * Begins a turn of rows whose times come from the clock: they never fall, and {@code finalTime}
   * is not before the last of them.
   */
  public void beginArrival(long base, long[] rowtimes, int length, long finalTime) {
    this.base = base;
    take(rowtimes);
    this.length = length;
    this.arrival = true;
    this.idle = false;
    this.first = last;
    this.last = Math.max(last, finalTime);
    this.computed = true;
  }

  /**
   * Begins a turn of rows with times of their own, in any order. The watermark goes on from where
   * the last turn left it.
   */
  public void beginEvent(long base, long[] rowtimes, int length) {
    this.base = base;
    take(rowtimes);
    this.length = length;
    this.arrival = false;
    this.idle = false;
    this.first = last;
    if (estimator != null) {
      estimate(estimator);
      return;
    }
    long greatest = length == 1 ? rowtimes[0] : greatest(rowtimes, length);
    this.last = Math.max(last, less(greatest, slack));
    this.computed = false;
  }

  /**
   * Begins a turn of rows whose sender has said what the watermark was before each.
   *
   * @param before by row; they never fall, and are kept until the next turn begins
   */
  public void beginTold(long base, long[] before, int length) {
    this.base = base;
    this.length = length;
    this.arrival = false;
    this.idle = false;
    this.first = last;
    this.watermarks = before;
    if (length > 0) {
      this.last = Math.max(last, before[length - 1]);
    }
    this.computed = true;
  }

  private void estimate(SlackEstimator by) {
    makeRoom();
    long watermark = first;
    for (int i = 0; i < length; i++) {
      watermarks[i] = watermark;
      watermark = Math.max(watermark, by.watermarkAfter(rowtimes[i]));
    }
    last = watermark;
    computed = true;
  }

  /** Two maxima side by side: one alone would have each comparison wait for the one before. */
  private static long greatest(long[] rowtimes, int length) {
    long even = NEVER;
    long odd = NEVER;
    int i = 0;
    for (; i < length - 1; i += 2) {
      even = Math.max(even, rowtimes[i]);
      odd = Math.max(odd, rowtimes[i + 1]);
    }
    return Math.max(Math.max(even, odd), i < length ? rowtimes[i] : NEVER);
  }

  /**
   * Begins a turn without rows in which the watermark goes to {@code time}, if it is not there yet.
   */
  public void beginAdvance(long base, long time) {
    this.base = base;
    this.length = 0;
    this.arrival = true;
    this.idle = false;
    this.first = last = Math.max(last, time);
    this.computed = true;
  }

  /** Begins a turn without rows in which the input becomes idle, until a turn of another kind. */
  public void beginIdle(long base) {
    beginAdvance(base, last);
    this.idle = true;
  }

  /**
   * What {@link #restore} needs beside the watermark to go on in the same way: opaque numbers,
   * empty for a fixed slack.
   */
  public long[] measured() {
    return estimator == null ? new long[0] : estimator.save();
  }

  /** Goes on from where another one of the same slack is. */
  public void goOnFrom(SourceTimeline other) {
    last = other.last;
    if (estimator != null) {
      restore(other.last, other.measured());
    }
    idle = other.idle;
  }

  /** Begins anew. */
  public void reset() {
    restore(NEVER, new long[0]);
  }

  /**
   * Sets from where the first turn goes on.
   *
   * @param measured what {@link #measured} gave
   */
  public void restore(long watermark, long[] measured) {
    last = watermark;
    idle = false;
    estimator = SlackEstimator.of(rule).orElse(null);
    if (estimator != null) {
      estimator.restore(measured);
    }
  }

  @Override
  public boolean isIdle() {
    return idle;
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public long before(int index) {
    if (index >= length) {
      return last;
    }
    if (arrival) {
      return Math.max(first, rowtimes[index]);
    }
    compute();
    return told ? Math.max(first, watermarks[index]) : watermarks[index];
  }

  @Override
  public void before(int from, int to, long[] into) {
    if (arrival || told) {
      Timeline.super.before(from, to, into);
    } else {
      compute();
      System.arraycopy(watermarks, from, into, from, to - from);
    }
  }

  /** What was told may be of several partitions, whose rows of equal times are in no order. */
  @Override
  public boolean settlesOwnTime() {
    return !told;
  }

  @Override
  public int firstReaching(long time, int from) {
    if (last < time) {
      return length + 1;
    }
    int low = from; // all before it are below the time
    int high = from;
    for (int step = 1; high < length && before(high) < time; step *= 2) {
      low = high + 1;
      high = Math.min(length, high + step);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void take(long[] times) {
    // Mostly the array of the turn before: see Batch.rows.
    if (rowtimes != times) {
      rowtimes = times;
    }
  }

  private void compute() {
    if (computed) {
      return;
    }
    makeRoom();
    long watermark = first;
    for (int i = 0; i < length; i++) {
      watermarks[i] = watermark;
      watermark = Math.max(watermark, less(rowtimes[i], slack));
    }
    computed = true;
  }

  private void makeRoom() {
    if (watermarks.length < length) {
      watermarks = new long[Math.max(length, 16)];
    }
  }

  private static long less(long time, long slack) {
    return time == NEVER ? NEVER : time < NEVER + 1 + slack ? NEVER + 1 : time - slack;
  }
}
