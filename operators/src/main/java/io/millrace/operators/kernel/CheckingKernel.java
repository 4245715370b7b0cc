package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;

/**
 * Aggregates that say of a row whether they would take it, so that it goes into several groups or
 * into none.
 */
public interface CheckingKernel extends AggregateKernel {
  /** Whether there are rows that {@link #accepts} refuses. */
  boolean refusesRows();

  /**
   * Whether {@link #add} would add a row to a group of the bound table; nothing changes.
   *
   * @param errors receives the row if not
   */
  boolean accepts(Column[] arguments, int row, int slot, RowErrors errors);
}
