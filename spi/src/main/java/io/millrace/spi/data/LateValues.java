package io.millrace.spi.data;

import org.jspecify.annotations.Nullable;

/**
 * Where the values of an {@link ObjectColumn} come from that are not copied before somebody reads
 * them.
 */
public interface LateValues {
  /**
   * Copies values.
   *
   * @param rows the rows whose values are wanted; null for {@code [0, count)}
   * @param to receives them in {@code [at, at + count)}, which are not NULL before
   */
  void copy(int @Nullable [] rows, int count, ObjectColumn to, int at);
}
