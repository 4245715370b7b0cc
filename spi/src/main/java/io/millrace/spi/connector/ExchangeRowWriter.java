package io.millrace.spi.connector;

import io.millrace.spi.data.RowKind;

/**
 * Takes rows of another part of the job, with all that is known of them there. The times that
 * {@link #record} says are of no meaning for them.
 */
public interface ExchangeRowWriter extends RowWriter {
  /**
   * Ends a row that was begun by {@link #beginRow}.
   *
   * @param rowtime its event time
   * @param watermark how far the watermark of those that sent it was before it
   * @param lateness the watermark by which it is late, not before {@code watermark}
   * @param lane its lane ({@link io.millrace.spi.data.Batch#lanes}) in the part that sent it
   */
  void endRow(RowKind kind, long rowtime, long watermark, long lateness, int lane);

  /**
   * The watermark has come so far behind the rows that were written.
   *
   * @param isIdle whether that is how far others have come, because all inputs of the sender are
   *     silent; it speaks again with what it says next, if that does not say so too
   */
  void advance(long watermark, boolean isIdle);
}
