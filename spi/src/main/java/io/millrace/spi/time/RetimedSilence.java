package io.millrace.spi.time;

import java.util.Arrays;

/**
 * For how long the partitions of a {@link RetimedTimeline} have been without a row, by the clock,
 * and which are left out for that, until they have one.
 */
public final class RetimedSilence {
  private final long timeout;
  private final boolean isKept;

  /** By partition when it had its last row; {@code NEVER} if the clock is to be looked at first. */
  private final long[] since;

  private final boolean[] isOver;

  /** When the clock was looked at last; {@code NEVER} before that. */
  private long now = Timeline.NEVER;

  /**
   * @param timeoutMillis after how long a partition is left out; 0 for never
   * @param isKept whether a restart keeps it; else silence is counted anew, as rows may have come
   *     meanwhile
   */
  public RetimedSilence(long timeoutMillis, int partitions, boolean isKept) {
    this.timeout = timeoutMillis;
    this.isKept = isKept;
    this.since = new long[partitions];
    this.isOver = new boolean[partitions];
    Arrays.fill(since, Timeline.NEVER);
  }

  /** The clock has been looked at, between two turns. */
  void look(long millis) {
    now = Math.max(now, millis);
    for (int i = 0; i < since.length; i++) {
      since[i] = since[i] == Timeline.NEVER ? now : since[i];
    }
  }

  /** When a partition is to be left out, if it has no row; END for never. */
  long deadline(int partition) {
    boolean isCounted = timeout > 0 && !isOver[partition] && since[partition] != Timeline.NEVER;
    return isCounted ? since[partition] + timeout : Timeline.END;
  }

  /** A partition has a row. */
  void end(int partition) {
    since[partition] = now;
    isOver[partition] = false;
  }

  /** A partition has had no row for as long as the time-out. */
  void leaveOut(int partition) {
    isOver[partition] = true;
  }

  /** Whether a partition is left out. */
  boolean isLeftOut(int partition) {
    return isOver[partition];
  }

  /** All that is known of a partition, for {@link #restore}. */
  long save(int partition) {
    return timeout == 0 ? Timeline.NEVER : isOver[partition] ? Timeline.END : since[partition];
  }

  /** Goes on from what was saved; {@code NEVER} if nothing was. */
  void restore(int partition, long saved) {
    boolean counts = isKept && timeout > 0;
    isOver[partition] = counts && saved == Timeline.END;
    since[partition] = counts && saved != Timeline.END ? saved : now;
  }
}
