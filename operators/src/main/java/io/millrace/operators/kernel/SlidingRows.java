package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;

/**
 * Rows that come one by one, each behind those that leave for it, and what is sent for it: what
 * {@link AggregateKernel#slide} works on.
 *
 * @param arguments the argument columns of the rows that come
 * @param slots at index {@code row} the slot of each
 * @param left the argument columns of the rows that leave, which follow each other
 * @param leftSlots the slots of these, at the same indices
 * @param leftEnds at index {@code row} the index behind the last row that leaves before that one
 *     comes; never falling
 * @param results a column per aggregate, see {@link AggregateKernel#results}
 */
public record SlidingRows(
    Column[] arguments,
    int[] slots,
    Column[] left,
    int[] leftSlots,
    int[] leftEnds,
    Column[] results) {

  /** Does what {@link AggregateKernel#slide} says by its other methods, a row at a time. */
  public int oneByOne(
      AggregateKernel kernel, int from, int to, int leftFrom, int at, RowErrors errors) {
    int next = leftFrom;
    for (int row = from; row < to; row++) {
      for (; next < leftEnds[row]; next++) {
        kernel.remove(left, next, leftSlots[next]);
      }
      int failed = errors.size();
      kernel.add(arguments, row, row + 1, slots, errors);
      if (errors.size() > failed) {
        return row;
      }
      kernel.results(slots, row, row + 1, results, at + row - from);
    }
    return to;
  }

  /** Whether all rows, of which there are some, come into one group and leave it. */
  public boolean areOfOneGroup(int from, int to, int leftFrom) {
    int slot = slots[from];
    for (int row = from + 1; row < to; row++) {
      if (slots[row] != slot) {
        return false;
      }
    }
    for (int row = leftFrom; row < leftEnds[to - 1]; row++) {
      if (leftSlots[row] != slot) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of the columns has null bits. */
  public static boolean haveNulls(Column[] columns, int count) {
    for (int i = 0; i < count; i++) {
      if (columns[i].nulls() != null) {
        return true;
      }
    }
    return false;
  }
}
