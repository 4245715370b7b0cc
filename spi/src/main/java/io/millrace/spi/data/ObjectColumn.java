package io.millrace.spi.data;

import io.millrace.spi.types.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of {@code Object[]}. */
public final class ObjectColumn extends Column {
  private @Nullable Object[] values;

  public ObjectColumn(int capacity) {
    values = new @Nullable Object[capacity];
  }

  /** The values themselves; the array changes when the column grows. */
  public @Nullable Object[] values() {
    takeLate();
    return values;
  }

  /**
   * Fills the rows {@code [0, count)} only when somebody reads them: all of them, or with {@link
   * #gather} those that are left of them, which is less work behind a filter. Until then nobody
   * writes into the column.
   */
  public void fillLate(LateValues source, int count) {
    putOff(source, count);
  }

  /** Sets a value that is not NULL. */
  public void put(int row, Object value) {
    setNotNull(row);
    values[row] = value;
  }

  @Override
  public Layout layout() {
    return Layout.OBJECT;
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
      values[row] = ((ObjectColumn) source).values[sourceRow];
    }
  }

  @Override
  public void copyRange(Column source, int from, int count, int to) {
    System.arraycopy(((ObjectColumn) source).values(), from, values, to, count);
    copyNulls(source, from, count, to);
  }

  @Override
  public void gather(Column source, int[] rows, int count, int to) {
    LateValues late = source.late();
    if (late != null) {
      for (int i = 0; i < count; i++) {
        setNotNull(to + i);
      }
      late.copy(rows, count, this, to);
      return;
    }
    @Nullable Object[] from = ((ObjectColumn) source).values;
    for (int i = 0; i < count; i++) {
      values[to + i] = from[rows[i]];
    }
    gatherNulls(source, rows, count, to);
  }

  @Override
  public void reset(int from, int to) {
    Arrays.fill(values, from, to, null);
    resetNulls(from, to);
  }

  @Override
  public @Nullable Object get(int row) {
    return values()[row];
  }

  @Override
  public void set(int row, @Nullable Object value) {
    if (value == null) {
      setNull(row);
    } else {
      setNotNull(row);
      values[row] = value;
    }
  }

  @Override
  public void setNull(int row) {
    super.setNull(row);
    values[row] = null;
  }

  /** Drops the references that the column holds, so that what they name can be collected. */
  public void release() {
    Arrays.fill(values, null);
  }
}
