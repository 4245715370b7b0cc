package io.millrace.operators.kernel;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import org.jspecify.annotations.Nullable;

/** Compiled expressions, one per column. Has no state; used by one thread at a time. */
public interface RowProjector {
  /**
   * Computes the expressions for rows of a batch.
   *
   * @param selection the indexes of the rows, rising; null for the rows {@code [0, count)}
   * @param count how many rows
   * @param out a column per expression; the value of the {@code j}-th row goes to index {@code j}.
   *     They have room and no null bits set.
   * @param errors receives the index in the batch of each row for which an expression fails; what
   *     is in {@code out} for such a row is unspecified
   */
  void project(Batch batch, int @Nullable [] selection, int count, Column[] out, RowErrors errors);
}
