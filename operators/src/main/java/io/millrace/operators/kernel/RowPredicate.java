package io.millrace.operators.kernel;

import io.millrace.spi.data.Batch;

/** A compiled condition. Has no state; used by one thread at a time. */
public interface RowPredicate {
  /**
   * Finds the rows for which the condition is true (not false, not NULL).
   *
   * @param selection receives their indexes, rising; at least {@code batch.size()} long
   * @param errors receives the rows for which it fails; these are not selected
   * @return how many are selected
   */
  int select(Batch batch, int[] selection, RowErrors errors);

  /**
   * Whether the condition is true for one row.
   *
   * @param errors receives the row if it fails; it is not selected then
   */
  boolean test(Batch batch, int row, RowErrors errors);
}
