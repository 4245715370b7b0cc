package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at windows of the last rows after every so many rows: counts them, and finds the groups of
 * a window in the order of their first rows, by time, then by arrival. It reads a window's log from
 * its oldest row on until it has seen all groups.
 */
final class LengthLooks {
  /** The fields of a window. */
  static final List<StateType> FIELDS =
      List.of(
          StateType.of("rows_since", DataType.BIGINT),
          StateType.of("groups", DataType.BIGINT),
          StateType.of("disorder", DataType.BIGINT));

  private static final int ROWS_SINCE = 0;
  private static final int GROUPS = 1;

  /** The ordinal of the last row that has a smaller time than the one before it. */
  private static final int DISORDER = 2;

  private final long looksAfter;
  private final int groupColumn;
  private final SlotTable windows;
  private final RowLog log;
  private int[] collected = new int[16];

  /** By group: the number of the look that found it last, and its first row in that. */
  private int[] looks = new int[16];

  private long[] firstOrdinals = new long[16];
  private int look;

  /**
   * @param groupColumn the column of rows that holds their groups
   */
  LengthLooks(long looksAfter, int groupColumn, SlotTable windows, RowLog log) {
    this.looksAfter = looksAfter;
    this.groupColumn = groupColumn;
    this.windows = windows;
    this.log = log;
  }

  /**
   * Notes that a row has been added to the log of a window.
   *
   * @param isNew whether its group had no rows before
   * @param isGone whether a group has none any more
   * @return whether the window is to be looked at
   */
  boolean note(int window, boolean isNew, boolean isGone) {
    int slot = windows.slot(window);
    windows.touch(slot);
    field(GROUPS)[slot] += (isNew ? 1 : 0) - (isGone ? 1 : 0);
    long last = log.end(window) - 1;
    if (last > log.first(window) && log.time(window, last) < log.time(window, last - 1)) {
      field(DISORDER)[slot] = last;
    }
    boolean isDue = ++field(ROWS_SINCE)[slot] == looksAfter;
    if (isDue) {
      field(ROWS_SINCE)[slot] = 0;
    }
    return isDue;
  }

  /** Finds the groups of a window, and gives their number. */
  int collect(int window) {
    begin();
    int slot = windows.slot(window);
    long count = field(GROUPS)[slot];
    boolean isSorted = field(DISORDER)[slot] <= log.first(window);
    int found = 0;
    for (long o = log.first(window); o < log.end(window) && !(isSorted && found == count); o++) {
      Column groups = log.columns(window, o)[groupColumn];
      int group = (int) ((LongColumn) groups).values()[log.index(window, o)];
      if (isFirst(group)) {
        if (found == collected.length) {
          collected = Arrays.copyOf(collected, 2 * found);
        }
        collected[found++] = group;
        firstOrdinals[group] = o;
      } else if (log.time(window, o) < log.time(window, firstOrdinals[group])) {
        firstOrdinals[group] = o;
      }
    }
    if (!isSorted) {
      sort(window, found);
    }
    return found;
  }

  /** The groups that were found, in front. */
  int[] collected() {
    return collected;
  }

  private void begin() {
    if (++look == 0) {
      Arrays.fill(looks, 0);
      look = 1;
    }
  }

  private boolean isFirst(int group) {
    if (group >= looks.length) {
      int capacity = Math.max(group + 1, 2 * looks.length);
      looks = Arrays.copyOf(looks, capacity);
      firstOrdinals = Arrays.copyOf(firstOrdinals, capacity);
    }
    boolean isFirst = looks[group] != look;
    looks[group] = look;
    return isFirst;
  }

  private void sort(int window, int count) {
    Integer[] boxed = new Integer[count];
    Arrays.setAll(boxed, i -> collected[i]);
    Arrays.sort(
        boxed,
        Comparator.<Integer>comparingLong(group -> log.time(window, firstOrdinals[group]))
            .thenComparingLong(group -> firstOrdinals[group]));
    Arrays.setAll(collected, i -> i < count ? boxed[i] : collected[i]);
  }

  private long[] field(int index) {
    return ((LongColumn) windows.field(index)).values();
  }
}
