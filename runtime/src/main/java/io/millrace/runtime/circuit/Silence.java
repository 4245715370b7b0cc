package io.millrace.runtime.circuit;

import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/** For how long the partitions of an entry have been silent, by the clock. */
final class Silence {
  private final long timeout;

  /** By partition, when it spoke last; before the clock has been looked at, relative to that. */
  private final long[] since;

  private boolean isStarted;

  /** When the clock has been looked at last; 0 before that. */
  private long now;

  /**
   * @param timeout in milliseconds; 0 if it does not matter
   */
  Silence(long timeout, int partitions) {
    this.timeout = timeout;
    this.since = new long[partitions];
  }

  /** The clock has been looked at. */
  void look(long millis) {
    if (!isStarted) {
      isStarted = true;
      for (int i = 0; i < since.length; i++) {
        since[i] += millis;
      }
      now = millis;
    }
    now = Math.max(now, millis);
  }

  /** A partition speaks. */
  void end(int partition) {
    if (timeout > 0) {
      since[partition] = now;
    }
  }

  /** For how long a partition has been silent when the clock was looked at last. */
  long millis(int partition) {
    return now - since[partition];
  }

  /** When a partition has been silent for as long as the time-out, if it does not speak. */
  long deadline(int partition) {
    return isStarted ? since[partition] + timeout : Timeline.END;
  }

  /** Begins anew, with a partition that was silent for some time before. */
  void restore(int partition, long millis) {
    since[partition] = now - millis;
  }

  /** Begins anew. */
  void reset() {
    isStarted = false;
    now = 0;
    Arrays.fill(since, 0);
  }
}
