package io.millrace.operators.window;

import java.util.Arrays;

/** Rows of several windows, in the order in which they came. */
final class RowsByArrival {
  /** For each row its number, its slot and its window. */
  private long[][] rows = new long[0][];

  private int count;

  /**
   * Adds a row.
   *
   * @param number those of rows that came before are smaller
   */
  void add(int row, long number, int window) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, 2 * count));
    }
    rows[count++] = new long[] {number, row, window};
  }

  void sort() {
    Arrays.sort(rows, 0, count, (a, b) -> Long.compare(a[0], b[0]));
  }

  int count() {
    return count;
  }

  /** The slot of a row. */
  int get(int index) {
    return (int) rows[index][1];
  }

  int windowOf(int index) {
    return (int) rows[index][2];
  }

  void clear() {
    count = 0;
  }
}
