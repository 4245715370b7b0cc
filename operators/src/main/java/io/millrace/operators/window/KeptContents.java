package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.types.DataType;
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

  private KeptContents(List<DataType> types, int groupColumn) {
    this.firstColumn = groupColumn - types.size();
    this.groupColumn = groupColumn;
    types.forEach(type -> columns.add(Column.of(type.layout(), times.length)));
  }

  /**
   * What an operator shows.
   *
   * @param types those of the columns that are asked for, which stand in front of the group
   * @param groupColumn the column of rows that holds their groups
   */
  static KeptContents of(WindowSnapshots.Contents operator, List<DataType> types, int groupColumn) {
    KeptContents contents = new KeptContents(types, groupColumn);
    operator.show(contents);
    contents.putInOrder();
    return contents;
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

  private void putInOrder() {
    order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(row -> numbers[row]))
            .mapToInt(Integer::intValue)
            .toArray();
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
