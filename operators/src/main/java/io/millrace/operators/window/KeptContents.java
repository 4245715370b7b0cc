package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the one window of an {@link ArrivalOperator} holds: a copy of its rows, which the operator
 * shows in whatever order they lie.
 */
final class KeptContents implements HeldContents, SeenRows {
  private static final int WINDOW = 0;
  private final int firstColumn;
  private final int groupColumn;
  private final List<Column> columns = new ArrayList<>();
  private long[] times = new long[16];
  private long[] numbers = new long[16];
  private int size;

  /** The rows in the order in which they came. */
  private int[] order = new int[0];

  /**
   * @param firstColumn the first of the columns that are asked for
   * @param layouts theirs
   * @param groupColumn the column of rows that holds their groups
   */
  KeptContents(int firstColumn, List<Layout> layouts, int groupColumn) {
    this.firstColumn = firstColumn;
    this.groupColumn = groupColumn;
    layouts.forEach(layout -> columns.add(Column.of(layout, times.length)));
  }

  @Override
  public int windows() {
    return 1;
  }

  @Override
  public int window(int index) {
    return WINDOW;
  }

  @Override
  public boolean isComplete(int window) {
    return false;
  }

  @Override
  public void see(Column[] rows, int index) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
      columns.forEach(column -> column.ensureCapacity(times.length));
    }
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).copy(rows[firstColumn + c], index, size);
    }
    times[size] = ((LongColumn) rows[groupColumn + 1]).values()[index];
    numbers[size] = ((LongColumn) rows[groupColumn + 2]).values()[index];
    size++;
  }

  /** Puts the rows that have been seen in the order in which they came. */
  KeptContents inOrder() {
    order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(row -> numbers[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return this;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void copy(int from, int to, Column[] into, long[] rowtimes) {
    int[] rows = Arrays.copyOfRange(order, from, to);
    for (int c = 0; c < into.length; c++) {
      into[c].gather(columns.get(c), rows, rows.length, 0);
    }
    for (int i = 0; i < rows.length; i++) {
      rowtimes[i] = times[rows[i]];
    }
  }
}
