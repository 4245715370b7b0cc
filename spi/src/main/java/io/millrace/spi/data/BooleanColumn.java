package io.millrace.spi.data;

import io.millrace.spi.types.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of {@code boolean[]}. */
public final class BooleanColumn extends Column {
  private boolean[] values;

  public BooleanColumn(int capacity) {
    values = new boolean[capacity];
  }

  /** The values themselves; the array changes when the column grows. */
  public boolean[] values() {
    return values;
  }

  /** Sets a value that is not NULL. */
  public void put(int row, boolean value) {
    setNotNull(row);
    values[row] = value;
  }

  @Override
  public Layout layout() {
    return Layout.BOOLEAN;
  }

  @Override
  public int capacity() {
    return values.length;
  }

  @Override
  public void ensureCapacity(int capacity) {
    if (capacity > values.length) {
      values = Arrays.copyOf(values, Math.max(capacity, 2 * values.length));
      growNulls(values.length);
    }
  }

  @Override
  public void copy(Column source, int sourceRow, int row) {
    if (source.isNull(sourceRow)) {
      setNull(row);
    } else {
      setNotNull(row);
      values[row] = ((BooleanColumn) source).values[sourceRow];
    }
  }

  @Override
  public void copyRange(Column source, int from, int count, int to) {
    System.arraycopy(((BooleanColumn) source).values, from, values, to, count);
    copyNulls(source, from, count, to);
  }

  @Override
  public void gather(Column source, int[] rows, int count, int to) {
    boolean[] from = ((BooleanColumn) source).values;
    for (int i = 0; i < count; i++) {
      values[to + i] = from[rows[i]];
    }
    gatherNulls(source, rows, count, to);
  }

  @Override
  public void reset(int from, int to) {
    Arrays.fill(values, from, to, false);
    resetNulls(from, to);
  }

  @Override
  public @Nullable Object get(int row) {
    return isNull(row) ? null : (Object) values[row];
  }

  @Override
  public void set(int row, @Nullable Object value) {
    if (value == null) {
      setNull(row);
    } else {
      setNotNull(row);
      values[row] = (Boolean) value;
    }
  }
}
