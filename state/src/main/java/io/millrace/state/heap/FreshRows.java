package io.millrace.state.heap;

import java.util.Arrays;

/**
 * The rows of a sort buffer that were added since the last capture and are still there, in the
 * order in which they came.
 */
final class FreshRows {
  private static final int GONE = -1;

  /** Rows in the order in which they came, {@link #GONE} in the place of those that are gone. */
  private int[] rows = new int[16];

  private int end;
  private int size;

  /** For each row its place in {@link #rows} plus one; 0 if it is not fresh. */
  private int[] places = new int[0];

  int size() {
    return size;
  }

  void ensureRows(int count) {
    places = Arrays.copyOf(places, count);
  }

  void add(int row) {
    if (end == rows.length) {
      makeRoom();
    }
    rows[end] = row;
    places[row] = ++end;
    size++;
  }

  /** Takes a row out that is gone, if it is fresh; says whether it was. */
  boolean remove(int row) {
    int place = places[row];
    if (place == 0) {
      return false;
    }
    rows[place - 1] = GONE;
    places[row] = 0;
    size--;
    return true;
  }

  /** Gives the rows; there are none afterwards. */
  int[] take() {
    close();
    int[] taken = Arrays.copyOf(rows, size);
    for (int row : taken) {
      places[row] = 0;
    }
    end = 0;
    size = 0;
    return taken;
  }

  /** Closes the gaps, and grows if they were less than half. */
  private void makeRoom() {
    close();
    if (2 * size > rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
  }

  private void close() {
    int to = 0;
    for (int from = 0; from < end; from++) {
      if (rows[from] != GONE) {
        rows[to] = rows[from];
        places[rows[to]] = ++to;
      }
    }
    end = to;
  }
}
