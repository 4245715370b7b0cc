package io.millrace.state.heap;

/** Rows that are to be copied, named once and little by little. */
interface NamedRows {
  /**
   * Names the next rows.
   *
   * @param rows receives them
   * @return how many; if they are fewer than there is room for, there are no more
   */
  int next(int[] rows);
}
