package io.millrace.operators.order;

import java.util.Arrays;

/**
 * The first rows of an emission in the order that is wanted. Once it has as many as are wanted,
 * they are a heap with the last of them on top, which makes room for each that comes before it.
 */
final class TopRows {
  private int[] rows = new int[16];
  private int size;

  int size() {
    return size;
  }

  /**
   * Takes a row of the batch that {@code held} looks at, if it is among the first ones.
   *
   * @param most how many rows are wanted
   */
  void offer(HeldRows held, int row, int most) {
    if (size < most) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, 2 * size);
      }
      rows[size++] = held.add(row);
      if (size == most) {
        makeHeap(held);
      }
    } else if (size > 0 && held.isBefore(row, rows[0])) {
      held.replace(rows[0], row);
      sink(held, 0, size);
    }
  }

  /** The rows in order: the first {@link #size} of the array. */
  int[] sort(HeldRows held) {
    makeHeap(held);
    for (int end = size - 1; end > 0; end--) {
      int last = rows[0];
      rows[0] = rows[end];
      rows[end] = last;
      sink(held, 0, end);
    }
    return rows;
  }

  private void makeHeap(HeldRows held) {
    for (int at = size / 2 - 1; at >= 0; at--) {
      sink(held, at, size);
    }
  }

  private void sink(HeldRows held, int from, int end) {
    int row = rows[from];
    int at = from;
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && held.compare(rows[child + 1], rows[child]) > 0) {
        child++;
      }
      if (held.compare(rows[child], row) <= 0) {
        break;
      }
      rows[at] = rows[child];
      at = child;
    }
    rows[at] = row;
  }

  void clear() {
    size = 0;
  }
}
