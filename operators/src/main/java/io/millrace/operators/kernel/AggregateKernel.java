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

  /**
   * For each of many rows takes back those that leave, adds it, and writes the results of its slot,
   * up to the first row that fails: the rows that leave for that one are taken back. Only for
   * programs that are retractable.
   *
   * @param from the first row that comes
   * @param to behind the last
   * @param leftFrom the first row that leaves
   * @param at the results of the row {@code from + j} go to index {@code at + j}
   * @param errors receives the row that failed
   * @return that row; {@code to} if none did
   */
  default int slide(SlidingRows rows, int from, int to, int leftFrom, int at, RowErrors errors) {
    return rows.oneByOne(this, from, to, leftFrom, at, errors);
  }

  /** Makes a slot as if nothing had been added, but for what lasts. */
  void reset(int slot);
}
