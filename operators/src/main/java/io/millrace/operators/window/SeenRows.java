package io.millrace.operators.window;

import io.millrace.spi.data.Column;

/**
 * Looks at rows as windows keep them: with the number of their group, behind it their time and
 * their own number.
 */
interface SeenRows {
  /** How many windows are looked at. */
  int windows();

  /** The number of one of them. */
  int window(int index);

  /** Whether no more rows of a window need be seen, if they come in the order of their times. */
  boolean isComplete(int window);

  /** Sees a row. */
  void see(Column[] rows, int index);
}
