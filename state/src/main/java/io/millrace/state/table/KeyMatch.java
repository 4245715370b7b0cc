package io.millrace.state.table;

import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import org.jspecify.annotations.Nullable;

/** Compares keys of rows with those stored by slot, column by column. */
public final class KeyMatch {
  /** What a row gets whose key is not the one stored at its slot. */
  public static final int MISMATCH = -1;

  private KeyMatch() {}

  /**
   * Compares the rows {@code [from, to)} with the slots found for them; those of other keys get
   * {@link #MISMATCH}.
   *
   * @return whether all rows match
   */
  public static boolean matches(Column[] stored, Column[] keys, int from, int to, int[] slots) {
    boolean all = true;
    for (int c = 0; c < stored.length; c++) {
      boolean someNull = stored[c].nulls() != null || keys[c].nulls() != null;
      if (!someNull && stored[c] instanceof LongColumn longs) {
        all &= longs(longs.values(), ((LongColumn) keys[c]).values(), from, to, slots);
      } else if (!someNull && stored[c] instanceof DoubleColumn doubles) {
        all &= doubles(doubles.values(), ((DoubleColumn) keys[c]).values(), from, to, slots);
      } else if (!someNull && stored[c] instanceof ObjectColumn objects) {
        all &= objects(objects.values(), ((ObjectColumn) keys[c]).values(), from, to, slots);
      } else {
        all &= others(stored[c], keys[c], from, to, slots);
      }
    }
    return all;
  }

  /** Whether the key of a row is the one stored at a slot. */
  public static boolean matches(Column[] stored, int slot, Column[] keys, int row) {
    for (int c = 0; c < stored.length; c++) {
      if (!equal(stored[c], slot, keys[c], row)) {
        return false;
      }
    }
    return true;
  }

  /** The slot at which the key of a row is stored, or -1. */
  public static int find(SlotIndex index, Column[] stored, Column[] keys, int row, int hash) {
    for (int cell = index.home(hash); !index.isEmpty(cell); cell = index.after(cell)) {
      if (index.hasHash(cell, hash) && matches(stored, index.slot(cell), keys, row)) {
        return index.slot(cell);
      }
    }
    return -1;
  }

  private static boolean longs(long[] stored, long[] values, int from, int to, int[] slots) {
    boolean all = true;
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      if (slot != MISMATCH && stored[slot] != values[row]) {
        slots[row] = MISMATCH;
        all = false;
      }
    }
    return all;
  }

  private static boolean doubles(double[] stored, double[] values, int from, int to, int[] slots) {
    boolean all = true;
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      if (slot != MISMATCH && !equal(stored[slot], values[row])) {
        slots[row] = MISMATCH;
        all = false;
      }
    }
    return all;
  }

  private static boolean objects(
      @Nullable Object[] stored, @Nullable Object[] values, int from, int to, int[] slots) {
    boolean all = true;
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      if (slot != MISMATCH && !equal(stored[slot], values[row])) {
        slots[row] = MISMATCH;
        all = false;
      }
    }
    return all;
  }

  private static boolean others(Column stored, Column key, int from, int to, int[] slots) {
    boolean all = true;
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      if (slot != MISMATCH && !equal(stored, slot, key, row)) {
        slots[row] = MISMATCH;
        all = false;
      }
    }
    return all;
  }

  private static boolean equal(Column stored, int slot, Column key, int row) {
    if (stored.isNull(slot) || key.isNull(row)) {
      return stored.isNull(slot) && key.isNull(row);
    }
    if (stored instanceof LongColumn longs) {
      return longs.values()[slot] == ((LongColumn) key).values()[row];
    }
    if (stored instanceof DoubleColumn doubles) {
      return equal(doubles.values()[slot], ((DoubleColumn) key).values()[row]);
    }
    if (stored instanceof BooleanColumn booleans) {
      return booleans.values()[slot] == ((BooleanColumn) key).values()[row];
    }
    return equal(((ObjectColumn) stored).values()[slot], ((ObjectColumn) key).values()[row]);
  }

  private static boolean equal(double stored, double value) {
    return stored == value || (Double.isNaN(stored) && Double.isNaN(value));
  }

  @SuppressWarnings("ReferenceEquality") // the fast way for keys that share their objects
  private static boolean equal(@Nullable Object stored, @Nullable Object value) {
    if (stored == value) {
      return true;
    }
    if (value instanceof String text) {
      return text.equals(stored);
    }
    return value != null && value.equals(stored);
  }
}
