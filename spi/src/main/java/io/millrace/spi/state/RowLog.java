package io.millrace.spi.state;

import io.millrace.spi.data.Column;

/**
 * A segment log per slot of a {@link SlotTable}: rows with their times, added behind and taken off
 * in front. Sealed segments never change, so what a snapshot adds is the new ones and the head.
 *
 * <p>Rows of a slot are numbered by ordinals that rise by one with each {@link #append} and never
 * change; {@code [first(slot), end(slot))} are there. To read a row: {@code log.columns(slot)[c]}
 * at {@code log.index(slot, ordinal)}.
 */
public interface RowLog {
  /** Ordinal of the oldest row. */
  long first(int slot);

  /** Ordinal behind the newest row. */
  long end(int slot);

  default int size(int slot) {
    return (int) (end(slot) - first(slot));
  }

  /** Adds a row behind. */
  void append(int slot, long time, Column[] source, int sourceRow);

  /** Takes the oldest {@code count} rows off. */
  void dropFirst(int slot, int count);

  /** The time of a row. */
  long time(int slot, long ordinal);

  /** The columns of the slot's rows; other ones after an {@link #append}. */
  Column[] columns(int slot);

  /** Where a row is in {@link #columns}. */
  int index(int slot, long ordinal);

  /** Removes all rows of a slot, when its key is removed. */
  void clear(int slot);
}
