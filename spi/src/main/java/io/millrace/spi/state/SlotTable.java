package io.millrace.spi.state;

import io.millrace.spi.data.Column;

/**
 * A table from keys to slots, with a column of values for each field by slot. On the heap the
 * columns are the state itself, elsewhere they hold what was asked for last: compiled code takes
 * their arrays and works on them in either case.
 *
 * <p>A <em>slot</em> is where a key's values lie now. It is valid until it is removed, and at least
 * until the slots of more than {@link #HELD} further rows or numbers have been asked for. What is
 * to be remembered beyond that is the key's <em>number</em>, which it keeps for its life: numbers
 * are given from 0 in the order of first use; those of removed keys are used again, the last
 * removed first. A restore keeps them.
 *
 * <p>A new slot has 0, false and null in its fields, and no null bits. A key's columns may be NULL:
 * NULL is a key like any other; NaN equals NaN, and -0.0 equals 0.0 and is kept as 0.0. A table
 * without key columns has one key, of number 0. Resolving marks a slot as changed for the next
 * snapshot; whoever changes one that it did not resolve in the same turn calls {@link #touch}
 * <em>before</em>: a snapshot whose moment is over may still have to take out what is there.
 */
public interface SlotTable {
  /** How many rows may be asked for before a slot that was asked for becomes invalid. */
  int HELD = 1_024;

  /** Number of keys. */
  int size();

  /** All numbers ever given are below this one. */
  int limit();

  /** Whether a number below {@link #limit} is in use. */
  boolean isUsed(int number);

  /** The number of the key at a slot. */
  int number(int slot);

  /**
   * The slot of a number in use; marks nothing. Key and field columns may have other arrays
   * afterwards.
   */
  int slot(int number);

  /**
   * The slots of the numbers {@code numbers[from..to)}, which are in use: as {@link #slot}, but
   * that all of them are valid together, and no longer than it.
   *
   * @param to at most {@link #HELD} behind {@code from}
   * @param slots receives them at the indexes from 0; may be {@code numbers} if that begins at 0
   */
  default void slots(int[] numbers, int from, int to, int[] slots) {
    for (int i = from; i < to; i++) {
      slots[i - from] = slot(numbers[i]);
    }
  }

  /**
   * Finds the slots of rows, makes those that are missing, and marks them as changed. Key and field
   * columns may have other arrays afterwards.
   *
   * @param keys the key's columns
   * @param from the first row
   * @param to behind the last row
   * @param slots receives at index {@code row} the slot of each row {@code [from, to)}
   */
  void resolve(Column[] keys, int from, int to, int[] slots);

  /**
   * The slot of one row's key, or -1; makes none and marks nothing. Key and field columns may have
   * other arrays afterwards.
   */
  int find(Column[] keys, int row);

  /** The values of a key column by slot. */
  Column key(int index);

  /** The values of a field by slot. */
  Column field(int index);

  /**
   * Another number whenever key or field columns may have other arrays than before; whoever has
   * taken their arrays takes them again then.
   */
  int generation();

  /** Says that a slot is about to change. To be called in each turn that changes it, before. */
  void touch(int slot);

  /** As {@link #touch(int)}, of the slots {@code slots[from..to)}. */
  default void touch(int[] slots, int from, int to) {
    for (int i = from; i < to; i++) {
      touch(slots[i]);
    }
  }

  /** Forgets the key and clears the fields. */
  void remove(int slot);

  /**
   * Removes all keys; numbering begins anew. Key and field columns may be other ones afterwards.
   */
  void clear();
}
