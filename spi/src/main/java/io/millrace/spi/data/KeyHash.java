package io.millrace.spi.data;

import org.jspecify.annotations.Nullable;

/**
 * Hashes keys column by column. Of equal keys the hashes are equal: NULL is a value, NaN equals
 * NaN, 0.0 equals -0.0. Numbers are multiplied by the golden ratio and give their upper bits
 * (Knuth, The Art of Computer Programming, vol. 3, 6.4).
 */
public final class KeyHash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long NEXT_COLUMN = 0xC2B2AE3D27D4EB4FL;
  private static final long NULL = 0x165667B19E3779F9L;

  private KeyHash() {}

  /**
   * Hashes the rows {@code [from, to)}.
   *
   * @param hashes receives the hashes, by row
   */
  public static void hash(Column[] keys, int from, int to, int[] hashes) {
    for (int c = 0; c < keys.length; c++) {
      Column key = keys[c];
      if (key instanceof LongColumn longs) {
        hashLongs(longs.values(), from, to, hashes, c == 0);
      } else if (key instanceof DoubleColumn doubles) {
        hashDoubles(doubles.values(), from, to, hashes, c == 0);
      } else if (key instanceof ObjectColumn objects) {
        hashObjects(objects.values(), from, to, hashes, c == 0);
      } else {
        hashOthers(key, from, to, hashes, c == 0);
        continue;
      }
      long[] nulls = key.nulls();
      if (nulls != null) {
        rehashNulls(keys, c, from, to, hashes);
      }
    }
  }

  /** Hashes one row over the first {@code count} columns. */
  public static int hash(Column[] keys, int count, int row) {
    int hash = 0;
    for (int c = 0; c < count; c++) {
      hash = combine(c == 0, hash, bits(keys[c], row));
    }
    return hash;
  }

  /** The double that stands for all that are equal to it. */
  public static double canonical(double value) {
    return value == 0 ? 0.0 : value;
  }

  private static void hashLongs(long[] values, int from, int to, int[] hashes, boolean first) {
    if (first) {
      for (int row = from; row < to; row++) {
        hashes[row] = mix(values[row]);
      }
    } else {
      for (int row = from; row < to; row++) {
        hashes[row] = mix(values[row] ^ hashes[row] * NEXT_COLUMN);
      }
    }
  }

  private static void hashDoubles(double[] values, int from, int to, int[] hashes, boolean first) {
    for (int row = from; row < to; row++) {
      hashes[row] = combine(first, hashes[row], Double.doubleToLongBits(canonical(values[row])));
    }
  }

  private static void hashObjects(
      @Nullable Object[] values, int from, int to, int[] hashes, boolean first) {
    for (int row = from; row < to; row++) {
      hashes[row] = combine(first, hashes[row], bits(values[row]));
    }
  }

  private static void hashOthers(Column key, int from, int to, int[] hashes, boolean first) {
    for (int row = from; row < to; row++) {
      hashes[row] = combine(first, hashes[row], bits(key, row));
    }
  }

  /** The value at a NULL row is unspecified, so it is hashed anew. */
  private static void rehashNulls(Column[] keys, int column, int from, int to, int[] hashes) {
    for (int row = from; row < to; row++) {
      if (keys[column].isNull(row)) {
        hashes[row] = hash(keys, column + 1, row);
      }
    }
  }

  private static long bits(Column key, int row) {
    if (key.isNull(row)) {
      return NULL;
    }
    if (key instanceof LongColumn longs) {
      return longs.values()[row];
    }
    if (key instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(canonical(doubles.values()[row]));
    }
    if (key instanceof BooleanColumn booleans) {
      return booleans.values()[row] ? 1 : 2;
    }
    return bits(((ObjectColumn) key).values()[row]);
  }

  private static long bits(@Nullable Object value) {
    if (value instanceof String text) {
      return text.hashCode();
    }
    return value == null ? NULL : value.hashCode();
  }

  private static int combine(boolean first, int hash, long bits) {
    return mix(first ? bits : bits ^ hash * NEXT_COLUMN);
  }

  private static int mix(long bits) {
    return (int) (((bits ^ bits >>> 32) * GOLDEN) >>> 32);
  }
}
