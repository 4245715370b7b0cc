package io.millrace.state.heap;

import java.util.Arrays;

/** Which places for rows are in use. Those that are not are given out, the last freed one first. */
final class RowPlaces {
  private int[] free = new int[0];
  private int freeCount;

  /** A bit for each place. */
  private long[] used = new long[0];

  boolean areAllUsed() {
    return freeCount == 0;
  }

  /** Makes the places {@code [from, to)}, which are not in use. */
  void grow(int from, int to) {
    free = Arrays.copyOf(free, to);
    used = Arrays.copyOf(used, (to + Long.SIZE - 1) / Long.SIZE);
    for (int row = to - 1; row >= from; row--) {
      free[freeCount++] = row;
    }
  }

  /** Takes one into use; there is one. */
  int take() {
    int row = free[--freeCount];
    used[row / Long.SIZE] |= 1L << row;
    return row;
  }

  void free(int row) {
    used[row / Long.SIZE] &= ~(1L << row);
    free[freeCount++] = row;
  }

  /** Those that are in use now, in rising order. */
  NamedRows used() {
    return new Used(used.clone());
  }

  /** The set bits. */
  private static final class Used implements NamedRows {
    private final long[] bits;
    private int word;

    Used(long[] bits) {
      this.bits = bits;
    }

    @Override
    public int next(int[] rows) {
      int count = 0;
      for (; word < bits.length; word++) {
        for (; bits[word] != 0; bits[word] &= bits[word] - 1) {
          if (count == rows.length) {
            return count;
          }
          rows[count++] = word * Long.SIZE + Long.numberOfTrailingZeros(bits[word]);
        }
      }
      return count;
    }
  }
}
