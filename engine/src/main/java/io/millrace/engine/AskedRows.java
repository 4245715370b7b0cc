package io.millrace.engine;

import io.millrace.spi.data.Column;

/** The rows that a question reads, of whatever keeps them. Used between two turns. */
interface AskedRows {
  /**
   * Reads them in their order.
   *
   * @param most how many rows a part has at most
   */
  void read(int most, Part part);

  /** Takes a part of the rows. */
  interface Part {
    /**
     * Takes rows, which are valid until this returns.
     *
     * @param columns one for each of what keeps them
     * @param rowtimes their times
     */
    void take(int count, Column[] columns, long[] rowtimes);
  }
}
