package io.millrace.runtime.circuit;

import java.util.Arrays;

/**
 * What the sender of an entry's rows has said of their time and order: for each row the watermark
 * before it, the one by which it is late, and its lane. Reused.
 */
public final class RowMarks {
  private long[] watermarks = new long[16];
  private long[] lateness = new long[16];
  private int[] lanes = new int[16];
  private int size;

  /** Begins anew. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds those of the next row.
   *
   * @param watermark not before that of any row that was added
   * @param late not before {@code watermark}
   * @param lane the row's lane where it was sent
   */
  public void add(long watermark, long late, int lane) {
    if (size == watermarks.length) {
      watermarks = Arrays.copyOf(watermarks, 2 * size);
      lateness = Arrays.copyOf(lateness, 2 * size);
      lanes = Arrays.copyOf(lanes, 2 * size);
    }
    watermarks[size] = watermark;
    lateness[size] = late;
    lanes[size] = lane;
    size++;
  }

  /** By row. */
  long[] watermarks() {
    return watermarks;
  }

  /** By row. */
  long[] lateness() {
    return lateness;
  }

  /** By row. */
  int[] lanes() {
    return lanes;
  }

  /** Becomes equal to another one. */
  void copy(RowMarks other) {
    copy(other, 0, other.size);
  }

  /** Takes over what another one says of rows {@code [from, from + count)}. */
  public void copy(RowMarks other, int from, int count) {
    if (watermarks.length < count) {
      watermarks = new long[count];
      lateness = new long[count];
      lanes = new int[count];
    }
    System.arraycopy(other.watermarks, from, watermarks, 0, count);
    System.arraycopy(other.lateness, from, lateness, 0, count);
    System.arraycopy(other.lanes, from, lanes, 0, count);
    size = count;
  }

  /**
   * How many rows behind {@code from} can be in one turn: in a turn, by what rows are late does not
   * go back, as it may where those of several partitions have been sent one after the other.
   *
   * @param from the first row, of those that were added
   */
  public int rowsOfOneTurn(int from) {
    int row = from + 1;
    while (row < size && lateness[row] >= lateness[row - 1]) {
      row++;
    }
    return row - from;
  }
}
