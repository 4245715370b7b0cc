package io.millrace.engine.row;

import io.millrace.spi.data.Batch;

/** Makes an object of a row. */
public interface RowReader<T> {
  T read(Batch batch, int row);
}
