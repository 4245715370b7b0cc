package io.millrace.spi.operator;

import io.millrace.spi.data.Batch;

/** Where an operator's results go. Never refuses; batches are taken before the call returns. */
public interface Output {
  /**
   * Sends rows on. Their positions never fall during a turn. An empty batch is allowed and ignored.
   */
  void emit(Batch batch);

  /**
   * Gives a row away that came too late: to the stream that takes late rows, if there is one;
   * counted in any case.
   */
  void late(Batch batch, int row);

  /** As {@link #late(Batch, int)}, where there are several inputs: of one of them. */
  default void late(int input, Batch batch, int row) {
    late(batch, row);
  }

  /**
   * Gives a row whose expression failed to the error policy of its stream. Called in the order of
   * the rows.
   */
  void fail(Batch batch, int row, String error);
}
