package io.millrace.state.heap;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.form.CapturedState;
import java.io.IOException;

/**
 * What was captured of a sort buffer: how many of the rows of the capture before are gone, which
 * are the first ones in the order of time; then the rows that have come since and are there, in the
 * order in which they came. What drains first stays first, so the rows of an earlier capture never
 * need to be named.
 */
final class SortBufferCapture implements CapturedState {
  private final long drained;
  private final long[] codes;
  private final CapturedRows rows;

  /**
   * Takes what is to be written.
   *
   * @param drained how many rows of the capture before are gone
   * @param codes the lane and the place of each row, in one number
   * @param rows their times and columns
   */
  SortBufferCapture(long drained, long[] codes, CapturedRows rows) {
    this.drained = drained;
    this.codes = codes;
    this.rows = rows;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    out.writeUnsigned(drained);
    out.writeUnsigned(codes.length);
    long[] chunk = new long[Math.min(codes.length, ColumnCodec.CHUNK)];
    for (int from = 0; from < codes.length; ) {
      int count = rows.nextCount();
      System.arraycopy(codes, from, chunk, 0, count);
      out.writeLongs(chunk, count);
      rows.writeNext(out);
      from += count;
    }
  }
}
