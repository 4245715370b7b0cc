package io.millrace.operators.window;

import java.util.Arrays;

/** Rows of several windows, in the order in which they came. */
final class RowsByArrival {
  /** For each row when it came, its number in its table, and its window. */
  private long[][] rows = new long[0][];

  private int count;

  /**
   * Adds a row.
   *
   * @param arrival those of rows that came before are smaller
   */
  void add(int row, long arrival, int window) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, 2 * count));
    }
    rows[count++] = new long[] {arrival, row, window};
  }

  void sort() {
    Arrays.sort(rows, 0, count, (a, b) -> Long.compare(a[0], b[0]));
  }

  int count() {
    return count;
  }

  /** The number of a row in its table. */
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
