package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.CopiedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies rows of a sort buffer for a capture, little by little, a chunk at a time. Rows do not
 * change, and the buffer holds those that are drained meanwhile until all are copied. All rows are
 * copied in any order, and put into that of draining when they are written, by whoever does that.
 */
final class SortBufferTaker implements CapturedState {
  private static final int CHUNK = ColumnCodec.CHUNK;

  private final HeapSortBuffer buffer;
  private final boolean isFull;
  private final long drained;
  private final NamedRows rows;
  private final List<ColumnCodec> codecs;
  private final List<Chunk> chunks = new ArrayList<>();
  private int copied;

  /**
   * Rows that are copied.
   *
   * @param columns their times and columns
   * @param orders for each, what follows its time in the order of draining
   * @param codes for each, its lane and its place
   */
  private record Chunk(Column[] columns, long[] orders, long[] codes) {}

  /**
   * Begins with nothing copied.
   *
   * @param isFull whether the rows are all that there are, in any order
   * @param drained how many rows of the capture before are gone
   * @param rows the rows
   * @param codecs those of their times and columns
   */
  SortBufferTaker(
      HeapSortBuffer buffer,
      boolean isFull,
      long drained,
      NamedRows rows,
      List<ColumnCodec> codecs) {
    this.buffer = buffer;
    this.isFull = isFull;
    this.drained = drained;
    this.rows = rows;
    this.codecs = codecs;
  }

  @Override
  public int takeMore(int most) {
    if (!buffer.isTakenBy(this)) {
      return 0;
    }
    Column[] columns = buffer.timesAndColumns();
    int[] named = new int[CHUNK];
    int taken = 0;
    while (taken < most) {
      int count = rows.next(named);
      if (count > 0) {
        copy(columns, count < CHUNK ? Arrays.copyOf(named, count) : named);
        taken += count;
      }
      if (count < CHUNK) {
        buffer.endTaking();
        return taken;
      }
    }
    return taken;
  }

  private void copy(Column[] columns, int[] named) {
    Column[] copy = new Column[columns.length];
    for (int c = 0; c < columns.length; c++) {
      copy[c] = codecs.get(c).capture(columns[c], named, named.length);
    }
    long[] orders = isFull ? new long[named.length] : new long[0];
    long[] codes = new long[named.length];
    for (int i = 0; i < named.length; i++) {
      codes[i] = buffer.code(named[i]);
      if (isFull) {
        orders[i] = buffer.order(named[i]);
      }
    }
    chunks.add(new Chunk(copy, orders, codes));
    copied += named.length;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    if (isFull) {
      int[] order = sorted();
      long[] codes = new long[copied];
      Arrays.setAll(codes, i -> chunks.get(order[i] / CHUNK).codes[order[i] & (CHUNK - 1)]);
      List<Column[]> columns = chunks.stream().map(Chunk::columns).toList();
      new SortBufferCapture(drained, codes, new GatheredRows(codecs, columns, order)).write(out);
    } else {
      CopiedRows inOrder = new CopiedRows(codecs);
      chunks.forEach(chunk -> inOrder.add(chunk.columns, chunk.codes.length));
      long[] codes = chunks.stream().map(Chunk::codes).flatMapToLong(Arrays::stream).toArray();
      chunks.clear();
      new SortBufferCapture(drained, codes, inOrder).write(out);
    }
  }

  private int[] sorted() {
    long[] times = new long[copied];
    long[] orders = new long[copied];
    int to = 0;
    for (Chunk chunk : chunks) {
      int count = chunk.orders.length;
      System.arraycopy(((LongColumn) chunk.columns[0]).values(), 0, times, to, count);
      System.arraycopy(chunk.orders, 0, orders, to, count);
      to += count;
    }
    return RowSort.sort(times, orders);
  }
}
