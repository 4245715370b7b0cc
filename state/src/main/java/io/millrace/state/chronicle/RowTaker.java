package io.millrace.state.chronicle;

import io.millrace.state.form.CapturedRows;

/** Where a capture puts the rows that it takes out of a table in files. */
interface RowTaker {
  /**
   * Takes rows whose numbers are greater than those of all that were taken before.
   *
   * @param numbers the first {@code count} of them, rising
   * @return how many bytes had to be encoded for that
   */
  long take(int[] numbers, int count);

  /** Keeps rows that are about to change, of any numbers: the first {@code count} of both. */
  void keep(int[] numbers, int[] slots, int count);

  /** Comes when all rows are taken. */
  default void end() {}

  /** All rows, in rising order of their numbers, when all are taken: once. */
  CapturedRows rows();

  /** Gives up all rows. */
  default void discard() {}
}
