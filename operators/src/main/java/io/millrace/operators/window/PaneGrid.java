package io.millrace.operators.window;

/**
 * Cuts time into numbered panes: each period in one or in two, so that no window of a set that
 * overlaps begins or ends inside of one. Pure arithmetic on time in milliseconds.
 *
 * <p>Two panes per period are enough whatever the size of the windows is (paired windows;
 * Krishnamurthy, Wu and Franklin, On-the-fly sharing for streamed aggregation, 2006).
 *
 * @param periodMillis a period begins at {@code offset + k * period}; positive
 * @param splitMillis where a period is cut, behind its start; 0 for not at all
 * @param offsetMillis {@code 0 <= offset < period}
 */
record PaneGrid(long periodMillis, long splitMillis, long offsetMillis) {
  PaneGrid {
    if (periodMillis <= 0 || splitMillis < 0 || splitMillis >= periodMillis) {
      throw new IllegalArgumentException(
          "no panes of " + periodMillis + " ms, cut at " + splitMillis + " ms");
    }
    if (offsetMillis < 0 || offsetMillis >= periodMillis) {
      throw new IllegalArgumentException(
          "offset " + offsetMillis + " ms of panes of " + periodMillis + " ms");
    }
  }

  int panesPerPeriod() {
    return splitMillis == 0 ? 1 : 2;
  }

  /** The number of the pane that a time is in. */
  long pane(long time) {
    long period = Math.floorDiv(time, periodMillis);
    long elapsed = Math.floorMod(time, periodMillis) - offsetMillis;
    if (elapsed < 0) {
      elapsed += periodMillis;
      period--;
    }
    return splitMillis == 0 ? period : 2 * period + (elapsed < splitMillis ? 0 : 1);
  }

  /** The first time of a pane; one that begins outside of time begins at its end. */
  long start(long pane) {
    long period = splitMillis == 0 ? pane : pane >> 1;
    long cut = splitMillis == 0 || (pane & 1) == 0 ? 0 : splitMillis;
    long low = period * periodMillis;
    long start = low + offsetMillis + cut;
    long carry = Long.compareUnsigned(start, low) < 0 ? 1 : 0;
    long high = Math.multiplyHigh(period, periodMillis) + carry;
    if (high != start >> 63) {
      return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return start;
  }
}
