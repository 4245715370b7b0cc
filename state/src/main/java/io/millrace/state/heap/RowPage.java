package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows of logs in columns: a whole segment of one log, or blocks of several. */
final class RowPage {
  static final int BITS = 10;
  static final int ROWS = 1 << BITS;

  private final Column[] columns;
  private long[] times;

  /** The captures that refer to the page and are not written; they end on other threads. */
  private final AtomicInteger pins = new AtomicInteger();

  RowPage(List<DataType> types, int capacity) {
    columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), capacity);
    }
    times = new long[capacity];
  }

  Column[] columns() {
    return columns;
  }

  long time(int row) {
    return times[row];
  }

  /** The times of the rows, to be read only. */
  long[] times() {
    return times;
  }

  void set(int row, long time, Column[] source, int sourceRow) {
    times[row] = time;
    for (int c = 0; c < columns.length; c++) {
      columns[c].copy(source[c], sourceRow, row);
    }
  }

  /** Copies {@code count} rows that follow each other, for which there is room. */
  void copy(long[] sourceTimes, Column[] source, int from, int count, int to) {
    System.arraycopy(sourceTimes, from, times, to, count);
    for (int c = 0; c < columns.length; c++) {
      columns[c].copyRange(source[c], from, count, to);
    }
  }

  /** Keeps the page, of which all rows are there, from being used for other rows. */
  void pin() {
    pins.incrementAndGet();
  }

  void unpin() {
    pins.decrementAndGet();
  }

  boolean isPinned() {
    return pins.get() != 0;
  }

  /** Forgets the rows {@code [from, to)} and what they refer to. */
  void reset(int from, int to) {
    for (Column column : columns) {
      column.reset(from, to);
    }
  }

  void ensureCapacity(int rows) {
    if (rows <= times.length) {
      return;
    }
    times = Arrays.copyOf(times, Math.max(rows, 2 * times.length));
    for (Column column : columns) {
      column.ensureCapacity(times.length);
    }
  }
}
