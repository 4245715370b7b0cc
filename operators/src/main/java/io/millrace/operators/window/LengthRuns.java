package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of a batch that can be dealt with at once in windows of the last rows, and those that
 * leave for them: a row that leaves must be in its window's log before the first of them comes.
 */
final class LengthRuns {
  private final long size;
  private final boolean isOneWindow;
  private final RowLog log;

  /** The rows that leave, of several windows. */
  private final Column[] gathered;

  /** Of these, those that are read from the log. */
  private final Column[] read;

  /** The groups of the rows that leave, if these are known by those that come. */
  private final @Nullable LongColumn groups;

  private Column[] left;
  private int leftFrom;
  private int[] leftEnds = new int[0];

  /** Of the rows that leave: their windows and their ordinals. */
  private int[] windows = new int[0];

  private long[] ordinals = new long[0];

  /** For which rows they leave. */
  private int[] rows = new int[0];

  /** By row, whether one leaves for it. */
  private boolean[] isLeaving = new boolean[0];

  /** By row, its window. */
  private int[] windowNumbers = new int[0];

  /** By window, how many rows of a run have come, and how many have left for them. */
  private int[] come = new int[0];

  private int[] gone = new int[0];

  /**
   * @param size how many rows a window holds
   * @param groups what is aggregated
   * @param types those of the rows as they are kept
   * @param groupColumn the index of the column of groups among them
   */
  LengthRuns(long size, WindowGroups groups, RowLog log, List<DataType> types, int groupColumn) {
    this.size = size;
    this.isOneWindow = groups.partition().isEmpty();
    this.log = log;
    gathered = types.stream().map(type -> Column.of(type.layout(), 1)).toArray(Column[]::new);
    boolean isEachOneGroup = groups.isUngrouped() && groupColumn == gathered.length - 1;
    this.groups = isEachOneGroup ? (LongColumn) gathered[groupColumn] : null;
    read = isEachOneGroup ? Arrays.copyOf(gathered, groupColumn) : gathered;
    left = gathered;
  }

  /**
   * Finds a run of rows.
   *
   * @param numbers the windows of the batch's rows
   * @param groupOfRow their groups
   * @param most behind the last row that may belong to it
   * @return behind its last row; there is one at least
   */
  int find(int[] numbers, long[] groupOfRow, int from, int most) {
    windowNumbers = numbers;
    if (leftEnds.length < most) {
      leftEnds = new int[numbers.length];
      isLeaving = new boolean[numbers.length];
      windows = new int[numbers.length];
      ordinals = new long[numbers.length];
      rows = new int[numbers.length];
    }
    return isOneWindow
        ? findInOne(numbers[from], from, most)
        : findInSeveral(groupOfRow, from, most);
  }

  private int findInOne(int window, int from, int most) {
    int held = log.size(window);
    int free = (int) Math.min(size - held, most - from);
    int run = 0;
    left = gathered;
    leftFrom = 0;
    if (held > 0) {
      long first = log.first(window);
      run = (int) (log.runEnd(window, first) - first);
      left = log.columns(window, first);
      leftFrom = log.index(window, first);
    }
    int to = Math.min(most, from + free + run);
    for (int row = from; row < to; row++) {
      leftEnds[row] = leftFrom + Math.max(0, row - from + 1 - free);
    }
    return to;
  }

  private int findInSeveral(long[] groupOfRow, int from, int most) {
    int count = 0;
    int row = from;
    for (; row < most; row++) {
      int window = windowNumbers[row];
      makeRoomFor(window);
      long end = log.end(window);
      long ordinal = log.first(window) + gone[window];
      isLeaving[row] = end + come[window] - ordinal == size;
      if (isLeaving[row]) {
        if (ordinal == end) {
          break;
        }
        windows[count] = window;
        ordinals[count] = ordinal;
        rows[count++] = row;
        gone[window]++;
      }
      come[window]++;
      leftEnds[row] = count;
    }
    for (int i = from; i < row; i++) {
      come[windowNumbers[i]] = 0;
      gone[windowNumbers[i]] = 0;
    }
    log.gather(windows, ordinals, count, read);
    LongColumn known = groups;
    if (known != null) {
      known.ensureCapacity(count);
      for (int i = 0; i < count; i++) {
        known.values()[i] = groupOfRow[rows[i]];
      }
    }
    left = gathered;
    leftFrom = 0;
    return row;
  }

  private void makeRoomFor(int window) {
    if (window >= come.length) {
      int capacity = Math.max(window + 1, 2 * come.length);
      come = Arrays.copyOf(come, capacity);
      gone = Arrays.copyOf(gone, capacity);
    }
  }

  /** The rows that leave, as they are kept; they follow each other from {@link #leftFrom} on. */
  Column[] left() {
    return left;
  }

  int leftFrom() {
    return leftFrom;
  }

  /** By row of the run, behind the last of these that leaves before it comes. */
  int[] leftEnds() {
    return leftEnds;
  }

  /** The group of the row that leaves for a row of a run, or -1. */
  int groupLeftFor(int row, int from, int groupColumn) {
    int before = row == from ? leftFrom : leftEnds[row - 1];
    return before == leftEnds[row] ? -1 : (int) ((LongColumn) left[groupColumn]).values()[before];
  }

  /** Has the log be what it is behind rows of a run. */
  void write(long[] times, Column[] kept, int from, int to) {
    if (from == to) {
      return;
    }
    if (isOneWindow) {
      int window = windowNumbers[from];
      log.dropFirst(window, leftEnds[to - 1] - leftFrom);
      log.appendAll(window, times, kept, from, to);
    } else {
      log.replaceEach(windowNumbers, isLeaving, times, kept, from, to);
    }
  }
}
