package io.millrace.state.table;

import io.millrace.spi.error.MillraceException;
import java.util.Arrays;

/**
 * Finds slots by the hash of their key: open addressing with linear probing and removal by backward
 * shift (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm R). It is at most a quarter
 * full while it fits into a cache, where collisions are what costs, and at most half full from then
 * on, where memory does.
 *
 * <p>A cell holds the hash in its upper half and the slot plus one in its lower half, 0 if it is
 * empty: growing and removing need no key, and other keys on the way are passed over without
 * looking at them. A cell's home is given by the upper bits of its hash. Whether a key is equal is
 * for the caller to say.
 */
public final class SlotIndex {
  private static final int FEWEST_CELLS = 32;
  private static final int MANY_CELLS = 1 << 16;
  private static final int MOST_CELLS = 1 << 30;

  private long[] cells = new long[FEWEST_CELLS];
  private int shift = shiftOf(FEWEST_CELLS);
  private int size;

  /**
   * Gives each row the first slot that has its hash, up to the first row that finds none.
   *
   * @param hashes the hash of each row, by row
   * @param slots receives the slots, by row
   * @return that row, or {@code to}
   */
  public int probe(int[] hashes, int from, int to, int[] slots) {
    long[] table = cells;
    int mask = table.length - 1;
    int right = shift;
    for (int row = from; row < to; row++) {
      int hash = hashes[row];
      int at = hash >>> right;
      long cell = table[at];
      while ((int) (cell >>> 32) != hash || cell == 0) {
        if (cell == 0) {
          return row;
        }
        at = (at + 1) & mask;
        cell = table[at];
      }
      slots[row] = (int) cell - 1;
    }
    return to;
  }

  /** The first cell to look at for a hash. */
  public int home(int hash) {
    return hash >>> shift;
  }

  public int after(int cell) {
    return (cell + 1) & (cells.length - 1);
  }

  public boolean isEmpty(int cell) {
    return cells[cell] == 0;
  }

  public boolean hasHash(int cell, int hash) {
    return (int) (cells[cell] >>> 32) == hash;
  }

  public int slot(int cell) {
    return (int) cells[cell] - 1;
  }

  /** Adds a slot whose key is not there. */
  public void add(int hash, int slot) {
    if ((cells.length < MANY_CELLS ? 4 : 2) * (size + 1) > cells.length) {
      grow();
    }
    put(cells, shift, (long) hash << 32 | (slot + 1));
    size++;
  }

  /** Removes a slot that is there. */
  public void remove(int hash, int slot) {
    int hole = home(hash);
    while (slot(hole) != slot) {
      hole = after(hole);
    }
    for (int next = after(hole); cells[next] != 0; next = after(next)) {
      int mask = cells.length - 1;
      int home = home((int) (cells[next] >>> 32));
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        cells[hole] = cells[next];
        hole = next;
      }
    }
    cells[hole] = 0;
    size--;
  }

  /** Removes all; after a time of few keys the memory of many is given back by halves. */
  public void clear() {
    if (cells.length > FEWEST_CELLS && 16L * size < cells.length) {
      cells = new long[cells.length / 2];
      shift = shiftOf(cells.length);
    } else {
      Arrays.fill(cells, 0);
    }
    size = 0;
  }

  private void grow() {
    if (cells.length == MOST_CELLS) {
      throw new MillraceException(
          "a state on the heap cannot hold more than "
              + MOST_CELLS / 2
              + " keys; use a higher parallelism, or expire keys earlier");
    }
    long[] grown = new long[2 * cells.length];
    int right = shiftOf(grown.length);
    for (long cell : cells) {
      if (cell != 0) {
        put(grown, right, cell);
      }
    }
    cells = grown;
    shift = right;
  }

  private static void put(long[] table, int right, long cell) {
    int mask = table.length - 1;
    int at = (int) (cell >>> 32) >>> right;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = cell;
  }

  private static int shiftOf(int cells) {
    return Integer.numberOfLeadingZeros(cells) + 1;
  }
}
