package io.millrace.spi.state;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;

/**
 * An ordered time index of rows: held until time has reached them, given out in the order of time,
 * equal times in that of lanes ({@link Batch#lanes}), rows of one time and lane in that in which
 * they came. A row that comes in order costs an append.
 */
public interface SortBuffer {
  int size();

  /** The smallest time held; {@link Long#MAX_VALUE} if empty. */
  long firstTime();

  void add(Batch source, int row);

  /**
   * Moves the first rows with a time up to {@code time}, inclusive, behind those of {@code target},
   * at most {@code limit} of them, all at the position {@code code}, of lane 0: they are in order.
   *
   * @return how many
   */
  int drainTo(long time, int limit, RowBuffer target, int code);
}
