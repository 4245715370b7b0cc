package io.millrace.engine.row;

import io.millrace.spi.data.Column;

/** Copies an object into a row of columns that have no null bits set there. */
public interface RowFiller<T> {
  /**
   * @throws io.millrace.spi.error.MillraceException if a value does not fit its column
   */
  void fill(T object, Column[] columns, int row);
}
