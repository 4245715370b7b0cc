package io.millrace.spi.state;

import io.millrace.spi.data.Column;

/**
 * A segment log per key of a {@link SlotTable}: rows with their times, added behind and taken off
 * in front. What is called a slot here is the key's number there, see {@link SlotTable#number}. A
 * row never changes. A log of many rows lies in segments of a fixed size; a full one is sealed, so
 * that what a snapshot adds is the new segments and the head.
 *
 * <p>Rows of a slot are numbered by ordinals that rise by one with each {@link #append}; {@code
 * [first(slot), end(slot))} are there. To read a row: {@code log.columns(slot, ordinal)[c]} at
 * {@code log.index(slot, ordinal)}. To loop over rows, take {@link #runEnd} rows at a time:
 *
 * <pre>{@code
 * for (long from = log.first(slot), to; from < log.end(slot); from = to) {
 *   to = log.runEnd(slot, from);
 *   Column[] columns = log.columns(slot, from);
 *   int index = log.index(slot, from);       // rows index .. index + (to - from)
 * }
 * }</pre>
 *
 * <p>A slot that holds no rows holds no memory. Adding and dropping at a steady size allocates
 * nothing.
 */
public interface RowLog {
  /** Ordinal of the oldest row. */
  long first(int slot);

  /** Ordinal behind the newest row. */
  long end(int slot);

  default int size(int slot) {
    return Math.toIntExact(end(slot) - first(slot));
  }

  /** Adds a row behind. */
  void append(int slot, long time, Column[] source, int sourceRow);

  /**
   * Adds rows behind, faster than one by one.
   *
   * @param times the times of the rows of the source
   * @param from the first of them that is added
   * @param to behind the last
   */
  void appendAll(int slot, long[] times, Column[] source, int from, int to);

  /**
   * Adds rows behind, each to a slot of its own, and takes others off in their place. No row that a
   * call adds may be taken off by it.
   *
   * @param slots at index {@code row} of the source the slot that gets it
   * @param drops whether the oldest row of the slot is taken off before
   * @param times the times of the rows of the source
   * @param from the first of them that is added
   * @param to behind the last
   */
  void replaceEach(int[] slots, boolean[] drops, long[] times, Column[] source, int from, int to);

  /**
   * Copies rows, each of a slot of its own.
   *
   * @param slots the slots {@code slots[0..count)}
   * @param ordinals the ordinal of each one's row, which is there
   * @param target columns with room for {@code count} rows
   */
  void gather(int[] slots, long[] ordinals, int count, Column[] target);

  /** Takes the oldest {@code count} rows off; at most {@link #size} of them. */
  void dropFirst(int slot, int count);

  /** The time of a row. */
  long time(int slot, long ordinal);

  /** The times of the rows of {@link #columns}, at the same indices, for as long. */
  long[] times(int slot, long ordinal);

  /**
   * The columns in which a row lies, together with others; valid until the slot's next {@link
   * #append} or {@link #dropFirst}.
   */
  Column[] columns(int slot, long ordinal);

  /** Where a row is in {@link #columns}. */
  int index(int slot, long ordinal);

  /**
   * Behind the last of the rows that follow {@code ordinal} at rising indices of the same columns;
   * greater than {@code ordinal}.
   */
  long runEnd(int slot, long ordinal);

  /** Removes all rows of a slot, when its key is removed; its ordinals begin at 0 again. */
  void clear(int slot);
}
