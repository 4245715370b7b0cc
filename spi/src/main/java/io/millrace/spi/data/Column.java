package io.millrace.spi.data;

import io.millrace.spi.types.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a batch: an array of a primitive type (or of objects), and null bits
 * where a value is NULL.
 *
 * <p>Whoever made a column writes it; everybody else reads. Readers take the array and the null
 * bits once per batch and loop over them:
 *
 * <pre>{@code
 * long[] values = ((LongColumn) batch.column(2)).values();
 * long @Nullable [] nulls = batch.column(2).nulls();      // null: no value of the batch is NULL
 * }</pre>
 *
 * The value at a NULL row is unspecified; for objects it is null.
 */
public abstract sealed class Column permits BooleanColumn, LongColumn, DoubleColumn, ObjectColumn {
  private long[] nullBits = new long[0];
  private boolean anyNull;

  /** Values that nobody has read yet; only an {@link ObjectColumn} has any. */
  private @Nullable LateValues late;

  private int lateRows;

  /** Whether there is neither of both, which is one question instead of two for each row. */
  private boolean isPlain = true;

  public static Column of(Layout layout, int capacity) {
    return switch (layout) {
      case BOOLEAN -> new BooleanColumn(capacity);
      case LONG -> new LongColumn(capacity);
      case DOUBLE -> new DoubleColumn(capacity);
      case OBJECT -> new ObjectColumn(capacity);
    };
  }

  public abstract Layout layout();

  public abstract int capacity();

  /**
   * Makes room for {@code capacity} rows and keeps the values; the array may be another one
   * afterwards.
   */
  public abstract void ensureCapacity(int capacity);

  /** Copies one value, NULL included. Both columns have the same layout. */
  public abstract void copy(Column source, int sourceRow, int row);

  /** Copies the {@code count} values from {@code from} on to {@code [to, to + count)}. */
  public abstract void copyRange(Column source, int from, int count, int to);

  /** Copies the values at {@code rows[0..count)} of {@code source} to {@code [to, to + count)}. */
  public abstract void gather(Column source, int[] rows, int count, int to);

  /** Makes the rows {@code [from, to)} 0, false or null, and not NULL. */
  public abstract void reset(int from, int to);

  /** The boxed internal value, null for NULL. For cold paths. */
  public abstract @Nullable Object get(int row);

  /** Sets a boxed internal value, null for NULL. For cold paths. */
  public abstract void set(int row, @Nullable Object value);

  /**
   * Bit {@code row & 63} of word {@code row >> 6} is set where the value is NULL; null if no value
   * is. Words that are missing at the end are zero for no row below the capacity.
   */
  public final long @Nullable [] nulls() {
    if (isPlain) {
      return null;
    }
    takeLate();
    return anyNull ? nullBits : null;
  }

  public final boolean isNull(int row) {
    return !isPlain && isNullAfterAll(row);
  }

  private boolean isNullAfterAll(int row) {
    takeLate();
    return anyNull && (nullBits[row >>> 6] >>> row & 1) != 0;
  }

  public void setNull(int row) {
    int words = (capacity() + 63) >>> 6;
    if (nullBits.length < words) {
      nullBits = Arrays.copyOf(nullBits, words);
    }
    nullBits[row >>> 6] |= 1L << row;
    anyNull = true;
    isPlain = false;
  }

  /** Says that the row is not NULL, where it may have been. */
  protected final void setNotNull(int row) {
    if (anyNull) {
      nullBits[row >>> 6] &= ~(1L << row);
    }
  }

  /** Forgets all nulls, and values that nobody has read, before a column is filled anew. */
  public final void clearNulls() {
    if (!isPlain) {
      late = null;
      if (anyNull) {
        Arrays.fill(nullBits, 0);
        anyNull = false;
      }
      isPlain = true;
    }
  }

  /** Has the rows {@code [0, count)} be those of {@code values} as soon as somebody reads them. */
  final void putOff(LateValues values, int count) {
    clearNulls();
    late = values;
    lateRows = count;
    isPlain = false;
  }

  /** Values that nobody has read yet, or null. */
  final @Nullable LateValues late() {
    return late;
  }

  /** Takes values that were put off. If that fails, it fails for the next who reads them, too. */
  final void takeLate() {
    if (!isPlain && late != null) {
      takeLate(late);
    }
  }

  private void takeLate(LateValues values) {
    boolean isTaken = false;
    late = null;
    isPlain = !anyNull;
    try {
      values.copy(null, lateRows, (ObjectColumn) this, 0);
      isTaken = true;
    } finally {
      if (!isTaken) {
        late = values;
        isPlain = false;
      }
    }
  }

  protected final void resetNulls(int from, int to) {
    if (!anyNull) {
      return;
    }
    if (from == 0 && to == capacity()) {
      clearNulls();
      return;
    }
    for (int row = from; row < to; row++) {
      nullBits[row >>> 6] &= ~(1L << row);
    }
  }

  /** Keeps the null bits in step with a grown capacity. */
  protected final void growNulls(int capacity) {
    if (anyNull) {
      nullBits = Arrays.copyOf(nullBits, (capacity + 63) >>> 6);
    }
  }

  protected final void copyNulls(Column source, int from, int count, int to) {
    if (anyNull) {
      for (int i = 0; i < count; i++) {
        setNotNull(to + i);
      }
    }
    if (source.anyNull) {
      for (int i = 0; i < count; i++) {
        if (source.isNull(from + i)) {
          setNull(to + i);
        }
      }
    }
  }

  protected final void gatherNulls(Column source, int[] rows, int count, int to) {
    if (anyNull) {
      for (int i = 0; i < count; i++) {
        setNotNull(to + i);
      }
    }
    if (source.anyNull) {
      for (int i = 0; i < count; i++) {
        if (source.isNull(rows[i])) {
          setNull(to + i);
        }
      }
    }
  }
}
