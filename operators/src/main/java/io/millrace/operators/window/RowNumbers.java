package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;

/** The times of a batch's rows, and numbers of their own, as columns. */
final class RowNumbers {
  private final LongColumn times = new LongColumn(0);
  private final LongColumn numbers = new LongColumn(0);

  /**
   * Takes the rows of a batch.
   *
   * @param before the number before that of the first row
   * @param columns receives the times at an index, and the numbers behind
   */
  void take(Batch batch, long before, Column[] columns, int at) {
    times.ensureCapacity(batch.size());
    numbers.ensureCapacity(batch.size());
    System.arraycopy(batch.rowtimes(), 0, times.values(), 0, batch.size());
    for (int row = 0; row < batch.size(); row++) {
      numbers.values()[row] = before + 1 + row;
    }
    columns[at] = times;
    columns[at + 1] = numbers;
  }
}
