package io.millrace.operators.window;

import io.millrace.operators.expiry.Expiry;

/**
 * When a sliding window sends what it holds: at the ticks {@code k·d} since the epoch, of which the
 * rows before them are in it, or with each n-th row of a partition.
 *
 * @param everyMillis between ticks; 0 if rows are counted
 * @param everyRows how many rows of a partition are counted; 0 for ticks
 * @param ttlMillis how long the count of a partition without rows is kept; 0 for ever
 * @param counted a BOOLEAN column of the input that is true of the rows that are counted; -1 if all
 *     are
 * @param set the column in the input that says for which set of keys a row comes; -1 if there is
 *     one set
 */
public record SnapshotSpec(long everyMillis, long everyRows, long ttlMillis, int counted, int set) {

  /** Of all rows. */
  public SnapshotSpec(long everyMillis, long everyRows, long ttlMillis) {
    this(everyMillis, everyRows, ttlMillis, -1, -1);
  }

  boolean countsRows() {
    return everyRows > 0;
  }

  boolean isTimeDriven() {
    return !countsRows() || ttlMillis > 0;
  }

  /** What EXPLAIN adds to the window's description. */
  String describe() {
    return countsRows()
        ? ", every "
            + everyRows
            + (counted < 0 ? " rows" : " wanted rows")
            + Expiry.describe(ttlMillis)
        : ", every " + everyMillis + " ms";
  }
}
