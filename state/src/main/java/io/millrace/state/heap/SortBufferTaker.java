package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.CopiedRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Copies rows of a sort buffer for a capture, little by little, a chunk at a time. Rows do not
 * change, and the buffer holds those that are drained meanwhile until all are copied.
 */
final class SortBufferTaker implements CapturedState {
  private final HeapSortBuffer buffer;
  private final long drained;
  private final int[] rows;
  private final long[] orders;
  private final List<ColumnCodec> codecs;
  private final CopiedRows copies;
  private int copied;

  /**
   * Begins with nothing copied.
   *
   * @param drained how many rows of the capture before are gone
   * @param rows the rows
   * @param codecs those of their times and columns
   */
  SortBufferTaker(HeapSortBuffer buffer, long drained, int[] rows, List<ColumnCodec> codecs) {
    this.buffer = buffer;
    this.drained = drained;
    this.rows = rows;
    this.codecs = codecs;
    orders = new long[rows.length];
    copies = new CopiedRows(codecs);
  }

  @Override
  public int takeMore(int most) {
    if (!buffer.isTakenBy(this)) {
      return 0;
    }
    Column[] columns = buffer.timesAndColumns();
    int taken = 0;
    while (taken < most && copied < rows.length) {
      taken += copyChunk(columns);
    }
    if (copied == rows.length) {
      buffer.endTaking();
    }
    return taken;
  }

  private int copyChunk(Column[] columns) {
    int end = Math.min(rows.length, copied + ColumnCodec.CHUNK);
    int[] chunk = Arrays.copyOfRange(rows, copied, end);
    Column[] copy = new Column[columns.length];
    for (int c = 0; c < columns.length; c++) {
      copy[c] = codecs.get(c).capture(columns[c], chunk, chunk.length);
    }
    copies.add(copy, chunk.length);
    for (int row : chunk) {
      orders[copied++] = buffer.order(row);
    }
    return chunk.length;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    new SortBufferCapture(drained, orders, copies).write(out);
  }
}
