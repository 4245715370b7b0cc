package io.millrace.engine.row;

import io.millrace.spi.data.Column;

/** Copies objects into columns of its owner. Used by one thread at a time. */
public interface RowFiller<T> {
  /**
   * Says which columns it fills. Called once, before anything else. Nobody else writes the columns,
   * and they do not grow.
   */
  void bind(Column[] columns);

  /**
   * Copies {@code objects[from .. from + count)} into the rows {@code [0, count)}, some values only
   * when they are read: the objects must stay until then.
   *
   * @throws io.millrace.spi.error.MillraceException if a value does not fit its column
   */
  void fill(Object[] objects, int from, int count);

  /** Forgets the objects of the last {@link #fill}, which nobody reads any more. */
  default void release() {}

  /** Copies one object into row 0; fails as {@link #fill} does. */
  void fillOne(Object object);
}
