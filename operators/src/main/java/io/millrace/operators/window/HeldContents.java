package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;

/** Rows that are held at one moment, between two turns, and can be read until the next. */
public interface HeldContents {
  /** How many rows there are. */
  int size();

  /**
   * Copies some of the rows, in their order.
   *
   * @param from the first of them
   * @param to behind the last
   * @param into one for each column of the rows; have room for them
   * @param rowtimes receives their times
   */
  void copy(int from, int to, Column[] into, long[] rowtimes);

  /** An operator that holds the rows of a window. */
  interface Holder extends Operator {
    /** The rows that it holds now, in the order in which they came. Between two turns only. */
    HeldContents contents();
  }
}
