package io.millrace.state.heap;

import java.util.Arrays;

/**
 * The rows of a sort buffer that were added since the last capture and are still there, in the
 * order in which they came.
 */
final class FreshRows {
  private static final int FEWEST = 16;
  private static final int GONE = -1;

  /** Rows in the order in which they came, {@link #GONE} in the place of those that are gone. */
  private int[] rows = new int[FEWEST];

  private int end;
  private int size;

  /** For each row its place in {@link #rows}, if it is fresh; else any number. */
  private int[] places = new int[0];

  int size() {
    return size;
  }

  void add(int row) {
    if (row >= places.length) {
      places = Arrays.copyOf(places, Math.max(row + 1, 2 * places.length));
    }
    if (end == rows.length) {
      makeRoom();
    }
    rows[end] = row;
    places[row] = end++;
    size++;
  }

  /** Takes a row out that is gone, if it is fresh; says whether it was. */
  boolean remove(int row) {
    int place = row < places.length ? places[row] : GONE;
    if (place == GONE || place >= end || rows[place] != row) {
      return false;
    }
    rows[place] = GONE;
    size--;
    return true;
  }

  /** Gives the rows, in the order in which they came; there are none afterwards. */
  NamedRows take() {
    NamedRows taken = new Taken(rows, end);
    rows = new int[FEWEST];
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
        places[rows[to]] = to++;
      }
    }
    end = to;
  }

  /** Rows, among them some that are gone. */
  private static final class Taken implements NamedRows {
    private final int[] rows;
    private final int end;
    private int from;

    Taken(int[] rows, int end) {
      this.rows = rows;
      this.end = end;
    }

    @Override
    public int next(int[] named) {
      int count = 0;
      for (; from < end && count < named.length; from++) {
        if (rows[from] != GONE) {
          named[count++] = rows[from];
        }
      }
      return count;
    }
  }
}
