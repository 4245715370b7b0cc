package io.millrace.operators.explode;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of elements on their way out: columns that are repeated, an element of each array, and its
 * number.
 */
final class Elements {
  /** Stands for the row itself, which has NULL for each element and the number 0. */
  static final int NONE = -1;

  private final int repeated;
  private final int firstArray;
  private final int arrays;
  private final boolean areNumbered;
  private final List<Integer> kindColumns;
  private final int batchSize;
  private final RowBuffer rows;

  /**
   * @param repeated how many columns in front are repeated
   * @param firstArray where the arrays are in rows that come in
   */
  Elements(
      Schema output, int repeated, int firstArray, int arrays, int batchSize, Timeline timeline) {
    this(output, repeated, firstArray, arrays, List.of(), batchSize, timeline);
  }

  /**
   * @param kindColumns the columns that say the kind of each row
   */
  Elements(
      Schema output,
      int repeated,
      int firstArray,
      int arrays,
      List<Integer> kindColumns,
      int batchSize,
      Timeline timeline) {
    this.repeated = repeated;
    this.firstArray = firstArray;
    this.arrays = arrays;
    this.areNumbered = output.size() > repeated + arrays;
    this.kindColumns = kindColumns;
    this.batchSize = batchSize;
    this.rows = new RowBuffer(output, batchSize, timeline);
  }

  /** How many elements the longest array of a row has. */
  int longest(Batch batch, int row) {
    int longest = 0;
    for (int i = 0; i < arrays; i++) {
      if (batch.column(firstArray + i).get(row) instanceof List<?> list) {
        longest = Math.max(longest, list.size());
      }
    }
    return longest;
  }

  /**
   * Sends an element of a row.
   *
   * @param element from 0 on, or {@link #NONE}; NULL where arrays do not have it
   */
  void send(Batch batch, int row, int element, RowKind kind, Output output) {
    int to = rows.appendFor(batch, row, batch.rowtimes()[row], kind);
    rows.lane(to, batch.lane(row));
    for (int i = 0; i < repeated; i++) {
      rows.column(i).copy(batch.column(i), row, to);
    }
    for (int i = 0; i < arrays; i++) {
      Object array = batch.column(firstArray + i).get(row);
      rows.column(repeated + i).set(to, elementOf(array, element));
    }
    if (areNumbered) {
      ((LongColumn) rows.column(repeated + arrays)).values()[to] = element + 1L;
    }
    if (kind != batch.kind(row)) {
      kindColumns.forEach(column -> rows.column(column).set(to, kind.symbol()));
    }
    if (rows.size() == batchSize) {
      flush(batch, output);
    }
  }

  private static @Nullable Object elementOf(@Nullable Object array, int element) {
    return array instanceof List<?> list && element != NONE && element < list.size()
        ? list.get(element)
        : null;
  }

  /** Sends what is left of the rows of a batch. */
  void flush(Batch batch, Output output) {
    if (!rows.isEmpty()) {
      output.emit(rows.batch(batch.timeline(), batch.lateness()));
      rows.clear();
    }
  }
}
