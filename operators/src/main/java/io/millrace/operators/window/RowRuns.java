package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;

/** Finds where runs of rows end that are dealt with in the same way. */
public final class RowRuns {
  private RowRuns() {}

  /**
   * The first row of {@code [from, to)} before which the watermark has reached its window's
   * deadline; {@code to} if there is none.
   *
   * @param lateness the watermark by which the rows are late
   */
  static int firstLate(Batch batch, Timeline lateness, int from, int to, long deadline) {
    for (int row = from; row < to; row++) {
      if (batch.seen(row, lateness) >= deadline) {
        return row;
      }
    }
    return to;
  }

  /** The first row, not before {@code from}, whose position is behind {@code code}. */
  static int firstBehind(Batch batch, int from, int code) {
    int[] positions = batch.positions();
    if (positions == null) {
      return Math.max(from, Math.min(batch.size(), code >> 1));
    }
    int first = from;
    int last = batch.size();
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (positions[middle] <= code) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }
}
