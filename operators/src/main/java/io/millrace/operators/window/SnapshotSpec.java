package io.millrace.operators.window;

import io.millrace.operators.expiry.Expiry;

/**
 * When a sliding window sends what it holds: at the ticks {@code k·d} since the epoch, of which the
 * rows before them are in it, or with each n-th row of a partition.
 *
 * @param everyMillis between ticks; 0 if rows are counted
 * @param everyRows how many rows of a partition are counted; 0 for ticks
 * @param ttlMillis how long the count of a partition without rows is kept; 0 for ever
 */
public record SnapshotSpec(long everyMillis, long everyRows, long ttlMillis) {

  boolean countsRows() {
    return everyRows > 0;
  }

  boolean isTimeDriven() {
    return !countsRows() || ttlMillis > 0;
  }

  /** What EXPLAIN adds to the window's description. */
  String describe() {
    return countsRows()
        ? ", every " + everyRows + " rows" + Expiry.describe(ttlMillis)
        : ", every " + everyMillis + " ms";
  }
}
