package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import java.util.Arrays;

/** Finds the first rows of groups, by time, then by arrival. */
final class FirstRows implements SeenRows {
  private static final byte UNKNOWN = 0;
  private static final byte WANTED = 1;
  private static final byte FOUND = 2;
  private final int groupColumn;
  private byte[] states = new byte[16];
  private int[] windowOf = new int[16];
  private long[] times = new long[16];
  private long[] numbers = new long[16];
  private int[] wanted = new int[16];
  private int wantedCount;

  /** By window: of how many groups no row has been seen. */
  private int[] missing = new int[16];

  private int[] windows = new int[16];
  private int windowCount;

  /**
   * @param groupColumn the column of rows that holds their groups
   */
  FirstRows(int groupColumn) {
    this.groupColumn = groupColumn;
  }

  /** Wants the first row of a group of a window. */
  void want(int group, int window) {
    if (group >= states.length) {
      int capacity = Math.max(group + 1, 2 * states.length);
      states = Arrays.copyOf(states, capacity);
      windowOf = Arrays.copyOf(windowOf, capacity);
      times = Arrays.copyOf(times, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
    }
    if (window >= missing.length) {
      missing = Arrays.copyOf(missing, Math.max(window + 1, 2 * missing.length));
    }
    if (wantedCount == wanted.length) {
      wanted = Arrays.copyOf(wanted, 2 * wantedCount);
    }
    wanted[wantedCount++] = group;
    states[group] = WANTED;
    windowOf[group] = window;
    if (missing[window]++ == 0) {
      if (windowCount == windows.length) {
        windows = Arrays.copyOf(windows, 2 * windowCount);
      }
      windows[windowCount++] = window;
    }
  }

  /** How many windows have groups whose first rows are wanted. */
  @Override
  public int windows() {
    return windowCount;
  }

  @Override
  public int window(int index) {
    return windows[index];
  }

  /** Whether a row of each group of a window that is wanted has been seen. */
  @Override
  public boolean isComplete(int window) {
    return missing[window] == 0;
  }

  @Override
  public void see(Column[] rows, int index) {
    int group = (int) value(rows, groupColumn, index);
    if (group >= states.length || states[group] == UNKNOWN) {
      return;
    }
    long time = value(rows, groupColumn + 1, index);
    long number = value(rows, groupColumn + 2, index);
    boolean isNew = states[group] == WANTED;
    if (isNew) {
      states[group] = FOUND;
      missing[windowOf[group]]--;
    }
    if (isNew || time < times[group] || (time == times[group] && number < numbers[group])) {
      times[group] = time;
      numbers[group] = number;
    }
  }

  private static long value(Column[] rows, int column, int index) {
    return ((LongColumn) rows[column]).values()[index];
  }

  /** How many groups are wanted. */
  int size() {
    return wantedCount;
  }

  int group(int index) {
    return wanted[index];
  }

  long time(int index) {
    return times[wanted[index]];
  }

  long number(int index) {
    return numbers[wanted[index]];
  }

  void clear() {
    for (int i = 0; i < wantedCount; i++) {
      states[wanted[i]] = UNKNOWN;
    }
    for (int i = 0; i < windowCount; i++) {
      missing[windows[i]] = 0;
    }
    wantedCount = 0;
    windowCount = 0;
  }
}
