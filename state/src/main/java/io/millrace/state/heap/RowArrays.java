package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows of logs in columns, with their times. On the heap a page is nothing else. */
public final class RowArrays extends RowPage {
  private final Column[] columns;
  private long[] times;

  /** The captures that refer to the rows and are not written; they end on other threads. */
  private final AtomicInteger pins = new AtomicInteger();

  public RowArrays(List<DataType> types, int capacity) {
    columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), capacity);
    }
    times = new long[capacity];
  }

  @Override
  public RowArrays toRead() {
    return this;
  }

  @Override
  public RowArrays toWrite() {
    return this;
  }

  @Override
  public RowPage captured() {
    pins.incrementAndGet();
    return this;
  }

  @Override
  public void release() {
    pins.decrementAndGet();
  }

  /** Whether a capture refers to the rows, so that no others may take their place. */
  public boolean isPinned() {
    return pins.get() != 0;
  }

  public Column[] columns() {
    return columns;
  }

  public int capacity() {
    return times.length;
  }

  long time(int row) {
    return times[row];
  }

  /** The times of the rows. */
  public long[] times() {
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

  /** Forgets the rows {@code [from, to)} and what they refer to. */
  public void reset(int from, int to) {
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
