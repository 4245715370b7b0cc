package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that lie anywhere in pages, to be written or read column by column: what one row needs is
 * fetched beside what others do.
 */
final class PageRows {
  private final RowMemory memory;
  private @Nullable RowPage[] pages = new @Nullable RowPage[0];
  private int[] rows = new int[0];
  private int count;

  PageRows(RowMemory memory) {
    this.memory = memory;
  }

  int count() {
    return count;
  }

  void ensureCapacity(int capacity) {
    if (rows.length < capacity) {
      pages = Arrays.copyOf(pages, capacity);
      rows = Arrays.copyOf(rows, capacity);
    }
  }

  /** Adds a row, for which there is room. */
  void add(RowPage page, int row) {
    pages[count] = page;
    rows[count++] = row;
  }

  /** Writes the rows, which are those of a source from one on, and forgets them. */
  void write(long[] times, Column[] source, int from) {
    memory.hold();
    try {
      for (int i = 0; i < count; i++) {
        RowArrays arrays = page(i).toWrite();
        hold(i, arrays);
        arrays.times()[rows[i]] = times[from + i];
      }
      for (int c = 0; c < source.length; c++) {
        write(source[c], c, from);
      }
    } finally {
      clear();
    }
  }

  private void write(Column source, int column, int from) {
    boolean isPlain = source.nulls() == null;
    if (isPlain && source instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = 0; i < count; i++) {
        LongColumn to = (LongColumn) page(i).toRead().columns()[column];
        to.put(rows[i], values[from + i]);
      }
    } else if (isPlain && source instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      for (int i = 0; i < count; i++) {
        DoubleColumn to = (DoubleColumn) page(i).toRead().columns()[column];
        to.put(rows[i], values[from + i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        page(i).toRead().columns()[column].copy(source, from + i, rows[i]);
      }
    }
  }

  /** Copies the rows to columns, from 0 on, and forgets them. */
  void read(Column[] target) {
    memory.hold();
    try {
      for (int i = 0; i < count; i++) {
        hold(i, page(i).toRead());
      }
      for (int c = 0; c < target.length; c++) {
        target[c].ensureCapacity(count);
        target[c].clearNulls();
        read(target[c], c);
      }
    } finally {
      clear();
    }
  }

  private void read(Column target, int column) {
    if (target instanceof LongColumn longs) {
      for (int i = 0; i < count; i++) {
        LongColumn from = (LongColumn) page(i).toRead().columns()[column];
        if (from.isNull(rows[i])) {
          longs.setNull(i);
        } else {
          longs.put(i, from.values()[rows[i]]);
        }
      }
    } else if (target instanceof DoubleColumn doubles) {
      for (int i = 0; i < count; i++) {
        DoubleColumn from = (DoubleColumn) page(i).toRead().columns()[column];
        if (from.isNull(rows[i])) {
          doubles.setNull(i);
        } else {
          doubles.put(i, from.values()[rows[i]]);
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        target.copy(page(i).toRead().columns()[column], rows[i], i);
      }
    }
  }

  private RowPage page(int index) {
    RowPage page = pages[index];
    if (page == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return page;
  }

  /** Has the arrays of a row's page stand for it, while these are held. */
  private void hold(int index, RowArrays arrays) {
    if (pages[index] != arrays) {
      pages[index] = arrays;
    }
  }

  private void clear() {
    memory.letGo();
    Arrays.fill(pages, 0, count, null);
    count = 0;
  }
}
