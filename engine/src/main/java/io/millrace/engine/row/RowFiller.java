package io.millrace.engine.row;

import io.millrace.spi.data.Column;

/** Copies objects into rows of columns that have no null bits set there. */
public interface RowFiller<T> {
  /**
   * Copies {@code objects[from .. from + count)} into the rows {@code [0, count)}.
   *
   * @throws io.millrace.spi.error.MillraceException if a value does not fit its column
   */
  void fill(Object[] objects, int from, int count, Column[] columns);
}
