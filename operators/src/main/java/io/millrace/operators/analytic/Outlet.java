package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;

/** Where the rows of a part go that have what they wait for. */
interface Outlet {
  /** Keeps what the frames that end with a row hold when it comes; called before it is appended. */
  void keepResults(int slot, int row);

  /**
   * Takes the first row of a partition that waits, because a row has come.
   *
   * @param rowtime its time from now on
   */
  void sendFor(Batch batch, int row, int slot, int number, long rowtime, Output output);

  /**
   * Takes the first row of a partition that waits, because a watermark has been reached: behind all
   * that rows bring about at the same position.
   *
   * @param moment see {@link Batch#moments}
   * @param order where it comes among others of the position
   * @param rowtime its time from now on
   */
  void sendAt(long moment, long order, int code, int slot, int number, long rowtime, Output output);
}
