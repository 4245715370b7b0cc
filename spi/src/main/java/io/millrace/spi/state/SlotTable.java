package io.millrace.spi.state;

import io.millrace.spi.data.Column;

/**
 * A table from keys to dense slot numbers, with a column of values for each field by slot. On the
 * heap the columns are the state itself: compiled code takes their arrays and works on them.
 *
 * <p>A new slot has 0, false and null in its fields, and no null bits. A key's columns may be NULL:
 * NULL is a key like any other; NaN equals NaN, and -0.0 equals 0.0 and is kept as 0.0. Slots are
 * numbered from 0 in the order of their first use; numbers of removed slots are used again, the
 * last removed first. A restore keeps the numbers. A table without key columns has one slot, 0.
 * Resolving marks a slot as changed for the next snapshot; whoever changes a slot that it did not
 * resolve since the last snapshot calls {@link #touch}.
 */
public interface SlotTable {
  /** Number of slots in use. */
  int size();

  /** All slots ever given are below this number. */
  int limit();

  /** Whether a slot below {@link #limit} is in use. */
  boolean isUsed(int slot);

  /**
   * Finds the slots of rows, makes those that are missing, and marks them as changed. Field columns
   * may have other arrays afterwards.
   *
   * @param keys the key's columns
   * @param from the first row
   * @param to behind the last row
   * @param slots receives at index {@code row} the slot of each row {@code [from, to)}
   */
  void resolve(Column[] keys, int from, int to, int[] slots);

  /** The slot of one row's key, or -1; makes none and marks nothing. */
  int find(Column[] keys, int row);

  /** The values of a key column by slot. */
  Column key(int index);

  /** The values of a field by slot. */
  Column field(int index);

  void touch(int slot);

  /** Forgets the key and clears the fields. */
  void remove(int slot);

  /**
   * Removes all slots; numbering begins anew. Key and field columns may be other ones afterwards.
   */
  void clear();
}
