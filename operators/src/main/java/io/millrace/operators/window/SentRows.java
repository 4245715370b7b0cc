package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch for which a row is sent as they arrive. Its results are written at that
 * moment, behind what is in the output; all else is taken from the batch for many rows at a time.
 */
final class SentRows {
  private final int firstCarried;
  private final List<Integer> carried;
  private int[] rows = new int[0];
  private int count;
  private @Nullable Batch batch;
  private Column[] keys = new Column[0];
  private Column[] results = new Column[0];

  /**
   * @param firstCarried where in what is sent the columns begin that are taken from the row itself
   * @param carried these columns, in the input
   */
  SentRows(int firstCarried, List<Integer> carried) {
    this.firstCarried = firstCarried;
    this.carried = carried;
  }

  /**
   * Begins with the rows of a batch.
   *
   * @param columns have taken the batch
   */
  void begin(Batch arriving, GroupColumns columns, RowBuffer out) {
    batch = arriving;
    keys = columns.keys();
    results = columns.resultsOf(out);
    if (rows.length < arriving.size()) {
      rows = new int[arriving.size()];
    }
  }

  /** How many rows wait for {@link #append}. */
  int count() {
    return count;
  }

  /** The columns to which results are written. */
  Column[] results() {
    return results;
  }

  /** Takes the next row, and gives the index at which its results are to be written. */
  int add(int row, RowBuffer out) {
    int index = out.size() + count;
    out.ensureCapacity(index + 1);
    rows[count++] = row;
    return index;
  }

  /**
   * Makes room for rows, and gives the index at which the results of the first are to be written.
   */
  int prepare(int more, RowBuffer out) {
    int index = out.size() + count;
    out.ensureCapacity(index + more);
    return index;
  }

  /** Takes the rows {@code [from, to)} of the batch, whose results are written. */
  void addAll(int from, int to) {
    for (int row = from; row < to; row++) {
      rows[count++] = row;
    }
  }

  /** Appends the rows that wait. */
  void append(RowBuffer out) {
    Batch from = batch;
    if (count == 0 || from == null) {
      return;
    }
    int first = out.appendRowsOf(from, rows, count);
    for (int i = 0; i < count && from.lanes() != null; i++) {
      out.lane(first + i, 0);
    }
    for (int k = 0; k < keys.length; k++) {
      out.column(k).gather(keys[k], rows, count, first);
    }
    for (int i = 0; i < carried.size(); i++) {
      out.column(firstCarried + i).gather(from.column(carried.get(i)), rows, count, first);
    }
    count = 0;
  }
}
