package io.millrace.spi.data;

import io.millrace.spi.types.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of {@code double[]}. */
public final class DoubleColumn extends Column {
  private double[] values;

  public DoubleColumn(int capacity) {
    values = new double[capacity];
  }

  /** The values themselves; the array changes when the column grows. */
  public double[] values() {
    return values;
  }

  /** Sets a value that is not NULL. */
  public void put(int row, double value) {
    setNotNull(row);
    values[row] = value;
  }

  @Override
  public Layout layout() {
    return Layout.DOUBLE;
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
      values[row] = ((DoubleColumn) source).values[sourceRow];
    }
  }

  @Override
  public void copyRange(Column source, int from, int count, int to) {
    System.arraycopy(((DoubleColumn) source).values, from, values, to, count);
    copyNulls(source, from, count, to);
  }

  @Override
  public void gather(Column source, int[] rows, int count, int to) {
    double[] from = ((DoubleColumn) source).values;
    for (int i = 0; i < count; i++) {
      values[to + i] = from[rows[i]];
    }
    gatherNulls(source, rows, count, to);
  }

  @Override
  public void reset(int from, int to) {
    Arrays.fill(values, from, to, 0);
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
      values[row] = ((Number) value).doubleValue();
    }
  }
}
