package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.heap.RowArrays;
import io.millrace.state.heap.RowPage;
import io.millrace.state.heap.WaitingRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What was captured of a sort buffer in a file: as on the heap, but that all rows stand in the
 * order of draining. They are merged when they are written, and of each run a page is in memory
 * then.
 */
final class SortedRunsCapture implements CapturedState {
  private final List<DataType> types;
  private final long drained;
  private final long count;
  private final long firstArrival;
  private final List<Rows> runs = new ArrayList<>();

  /** Rows in the order of draining: of a page from one on, then of further pages. */
  final class Rows implements Comparable<Rows> {
    private RowArrays rows;
    private int at;
    private final ArrayDeque<RowPage> behind = new ArrayDeque<>();

    private Rows(RowArrays rows, int at) {
      this.rows = rows;
      this.at = at;
    }

    /** Adds a page, which is released when it is of no more use. */
    void add(RowPage page) {
      behind.add(page);
    }

    /** Goes to the first row, from the present one on, that is to be written; false if none is. */
    private boolean find() {
      while (true) {
        for (; at < rows.capacity(); at++) {
          if (WaitingRows.arrival(SortedRun.orders(rows)[at]) >= firstArrival) {
            return true;
          }
        }
        RowPage next = behind.peek();
        if (next == null) {
          return false;
        }
        rows = next.toRead();
        at = 0;
        behind.remove().release();
      }
    }

    private void release() {
      behind.forEach(RowPage::release);
      behind.clear();
    }

    @Override
    public int compareTo(Rows other) {
      return SortedRun.compare(
          rows.times()[at],
          SortedRun.orders(rows)[at],
          other.rows.times()[other.at],
          SortedRun.orders(other.rows)[other.at]);
    }
  }

  /**
   * Begins without rows.
   *
   * @param types of the columns of rows
   * @param drained how many rows of the capture before are gone
   * @param count how many rows are to be written
   * @param firstArrival what came before is none of them
   */
  SortedRunsCapture(List<DataType> types, long drained, long count, long firstArrival) {
    this.types = types;
    this.drained = drained;
    this.count = count;
    this.firstArrival = firstArrival;
  }

  /** Adds rows of a page that never changes, from one on, to which others may be added. */
  Rows add(RowArrays page, int at) {
    Rows rows = new Rows(page, at);
    runs.add(rows);
    return rows;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    try {
      out.writeUnsigned(drained);
      out.writeUnsigned(count);
      PriorityQueue<Rows> queue = new PriorityQueue<>();
      runs.stream().filter(Rows::find).forEach(queue::add);
      List<ColumnCodec> codecs = WaitingRows.codecs(types);
      for (long rest = count; rest > 0; rest -= ColumnCodec.CHUNK) {
        writeChunk(queue, (int) Math.min(rest, ColumnCodec.CHUNK), codecs, out);
      }
      if (!queue.isEmpty()) {
        throw new IllegalStateException("more rows were captured than were counted");
      }
    } finally {
      discard();
    }
  }

  private void writeChunk(
      PriorityQueue<Rows> queue, int size, List<ColumnCodec> codecs, StateWriter out)
      throws IOException {
    RowArrays chunk = new RowArrays(types, size);
    long[] codes = new long[size];
    for (int row = 0; row < size; row++) {
      Rows first = queue.remove();
      RowArrays from = first.rows;
      int at = first.at++;
      codes[row] = WaitingRows.code(SortedRun.orders(from)[at], (int) SortedRun.places(from)[at]);
      chunk.times()[row] = from.times()[at];
      for (int c = 0; c < types.size(); c++) {
        chunk.columns()[c].copy(from.columns()[c], at, row);
      }
      if (first.find()) {
        queue.add(first);
      }
    }
    out.writeLongs(codes, size);
    codecs.get(0).write(timesOf(chunk, size), size, out);
    for (int c = 0; c < types.size(); c++) {
      codecs.get(c + 1).write(chunk.columns()[c], size, out);
    }
  }

  private static Column timesOf(RowArrays chunk, int size) {
    LongColumn times = new LongColumn(size);
    System.arraycopy(chunk.times(), 0, times.values(), 0, size);
    return times;
  }

  @Override
  public void discard() {
    runs.forEach(Rows::release);
    runs.clear();
  }
}
