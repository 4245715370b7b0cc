package io.millrace.operators.order;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * Copies of rows of a moment with their order: by the columns to sort by, then as they came. A
 * place whose row is no longer wanted is written again.
 */
final class HeldRows {
  private final KeyOrder[] keys;
  private final RowBuffer rows;
  private Batch batch;
  private int[] numbers = new int[16];
  private int came;

  HeldRows(OrderSpec spec, Timeline timeline) {
    rows = new RowBuffer(spec.output(), 16, timeline);
    batch = rows.batch(timeline, timeline);
    keys =
        spec.order().stream()
            .map(key -> KeyOrder.of(spec.output().type(key.column()).layout(), key))
            .toArray(KeyOrder[]::new);
  }

  /** Looks at a batch, whose rows come next. */
  void of(Batch next) {
    batch = next;
  }

  /** Copies a row of the batch and gives its place. */
  int add(int row) {
    int place = rows.append(batch.rowtimes()[row], batch.position(row));
    rows.moment(place, batch.moment(row));
    if (place == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * place);
    }
    write(row, place);
    return place;
  }

  /** Copies a row of the batch to a place that another one had. */
  void replace(int place, int row) {
    rows.rowtimes()[place] = batch.rowtimes()[row];
    write(row, place);
  }

  private void write(int row, int place) {
    numbers[place] = came++;
    Column[] columns = rows.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i].copy(batch.column(i), row, place);
    }
  }

  /** Whether a row of the batch comes before a held one, which came earlier. */
  boolean isBefore(int row, int place) {
    for (KeyOrder key : keys) {
      int column = key.column();
      int order = key.compare(batch.column(column), row, rows.column(column), place);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** Compares two held rows, which are never equal. */
  int compare(int place, int other) {
    for (KeyOrder key : keys) {
      Column column = rows.column(key.column());
      int order = key.compare(column, place, column, other);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(numbers[place], numbers[other]);
  }

  /** Appends a held row to a buffer. */
  void copy(int place, RowBuffer out) {
    int row = out.append(rows.rowtimes()[place], rows.positions()[place]);
    out.moment(row, rows.moment(place));
    Column[] columns = rows.columns();
    for (int i = 0; i < columns.length; i++) {
      out.column(i).copy(columns[i], place, row);
    }
  }

  void clear() {
    rows.clear();
    came = 0;
  }
}
