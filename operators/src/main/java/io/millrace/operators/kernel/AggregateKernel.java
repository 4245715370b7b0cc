package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTable;

/**
 * The compiled aggregates of one query. It works on the field columns of a slot table, which it
 * declares ({@link AggregateProgram#fields}); field 0 is always the number of rows in the group, a
 * BIGINT, which it counts itself. Used by one thread at a time.
 *
 * <p>{@link #bind} comes first, and again after every {@code resolve}, since fields may have moved.
 */
public interface AggregateKernel {
  /** Takes the arrays of the table's fields, unless it has them; costs next to nothing then. */
  void bind(SlotTable table);

  /**
   * Adds rows, in order: all aggregates of a row or, where one fails (overflow), none of them.
   *
   * @param arguments the argument columns
   * @param from the first row
   * @param to behind the last row
   * @param slots at index {@code row} the slot of each row
   * @param errors receives the rows that failed, which leave no trace
   */
  void add(Column[] arguments, int from, int to, int[] slots, RowErrors errors);

  /**
   * Takes back a row that was added to the slot: the one whose turn it is by {@link
   * AggregateProgram#updates}. Only for programs that are retractable.
   */
  void remove(Column[] arguments, int row, int slot);

  /**
   * Adds a row that had been added before and left no more than a reset behind; nothing is checked,
   * since sums may pass through values on the way that none of them had. Only for programs that are
   * retractable.
   */
  void addBack(Column[] arguments, int row, int slot);

  /**
   * Writes results.
   *
   * @param slots the slots {@code slots[from..to)}
   * @param out a column per aggregate, without null bits in these rows; the result of {@code
   *     slots[from + j]} goes to index {@code at + j}
   */
  void results(int[] slots, int from, int to, Column[] out, int at);

  /** Makes a slot as if nothing had been added, but for what lasts. */
  void reset(int slot);
}
