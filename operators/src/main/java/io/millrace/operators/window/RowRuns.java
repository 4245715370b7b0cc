package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;

/** Finds where runs of rows end that are dealt with in the same way. */
final class RowRuns {
  private RowRuns() {}

  /**
   * The first row of {@code [from, to)} whose window's deadline its own partition's watermark has
   * reached; {@code to} if there is none.
   */
  static int firstLate(Batch batch, int from, int to, long deadline) {
    for (int row = from; row < to; row++) {
      if (ownWatermark(batch, row) >= deadline) {
        return row;
      }
    }
    return to;
  }

  /** The watermark of a row's own partition before it. */
  static long ownWatermark(Batch batch, int row) {
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    return advance < 0 ? Timeline.NEVER : batch.lateness().before(advance);
  }

  /** The first row, not before {@code from}, whose position is behind {@code code}. */
  static int firstBehind(Batch batch, int from, int code) {
    int[] positions = batch.positions();
    if (positions == null) {
      return Math.max(from, Math.min(batch.size(), code >> 1));
    }
    int row = from;
    while (row < batch.size() && positions[row] <= code) {
      row++;
    }
    return row;
  }
}
