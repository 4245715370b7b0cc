package io.millrace.operators.values;

import java.util.Arrays;

/**
 * An immutable set of longs with open addressing (Knuth, TAOCP 3, 6.4, algorithm L), at most half
 * full.
 */
public final class LongSet {
  private final long[] table;
  private final boolean[] used;
  private final int shift;

  private LongSet(long[] values) {
    int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, values.length)));
    table = new long[1 << bits];
    used = new boolean[1 << bits];
    shift = 64 - bits;
    for (long value : values) {
      int at = find(value);
      table[at] = value;
      used[at] = true;
    }
  }

  /** A set of these values, of which some may be equal. */
  public static LongSet of(long... values) {
    return new LongSet(Arrays.copyOf(values, values.length));
  }

  /** A set of doubles as {@link DoubleMath#toSortable} gives them. */
  public static LongSet ofDoubles(double... values) {
    return new LongSet(Arrays.stream(values).mapToLong(DoubleMath::toSortable).toArray());
  }

  public boolean contains(long value) {
    return used[find(value)];
  }

  /** The number of places at which values stand. */
  public int places() {
    return table.length;
  }

  /** The place of a value, below {@link #places}; -1 if it is not in the set. */
  public int placeOf(long value) {
    int at = find(value);
    return used[at] ? at : -1;
  }

  private int find(long value) {
    int mask = table.length - 1;
    int at = (int) ((value * 0x9E3779B97F4A7C15L) >>> shift);
    while (used[at] && table[at] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
