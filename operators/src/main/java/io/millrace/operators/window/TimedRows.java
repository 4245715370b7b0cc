package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Rows that leave in the order of their times, equal times in the order in which they came: a log
 * of those that came so, and a sorting buffer of the others.
 */
final class TimedRows {
  private static final int VERSION = 1;
  private static final int SLOT = 0;

  private final RowLog log;
  private final SortBuffer disordered;
  private final RowBuffer drained;
  private final Batch view;

  /** Takes a row that leaves, before it is gone. */
  interface Leaving {
    void accept(Column[] columns, int row);
  }

  /**
   * @param source the columns of rows that will be added
   */
  TimedRows(StateContext state, Schema schema, Column[] source, Timeline timeline) {
    List<DataType> types = schema.fields().stream().map(Field::type).toList();
    log = state.rowLog(new RowLogSpec("rows", VERSION, types));
    disordered = state.sortBuffer(new SortBufferSpec("disordered", VERSION, types));
    drained = new RowBuffer(schema, 1, timeline);
    view = new Batch(schema, source, timeline);
  }

  /** The time up to which rows have left at a time; the beginning of time if none can have. */
  static long gone(long time, long sizeMillis) {
    if (time == Timeline.END) {
      return time;
    }
    return time < Long.MIN_VALUE + sizeMillis ? Long.MIN_VALUE : time - sizeMillis;
  }

  /** Adds a row of the source columns, which are rows of the batch. */
  void add(Batch batch, int row) {
    long time = batch.rowtimes()[row];
    if (log.size(SLOT) == 0 || log.time(SLOT, log.end(SLOT) - 1) <= time) {
      log.append(SLOT, time, view.columns(), row);
    } else {
      disordered.add(view.rows(batch.size(), batch.rowtimes(), batch.positions(), null), row);
    }
  }

  /** The smallest time; {@link Timeline#END} if there are no rows. */
  long firstTime() {
    long first = log.size(SLOT) == 0 ? Timeline.END : log.time(SLOT, log.first(SLOT));
    return disordered.size() == 0 ? first : Math.min(first, disordered.firstTime());
  }

  boolean isEmpty() {
    return log.size(SLOT) == 0 && disordered.size() == 0;
  }

  /** Takes off all rows up to a time, inclusive. */
  void takeUpTo(long time, Leaving leaving) {
    while (true) {
      long first = log.first(SLOT);
      boolean inLog = log.size(SLOT) > 0 && log.time(SLOT, first) <= time;
      boolean inBuffer = disordered.size() > 0 && disordered.firstTime() <= time;
      if (!inLog && !inBuffer) {
        return;
      }
      // At equal times the log's row came first: the other was behind a later one of the log.
      if (inLog && !(inBuffer && disordered.firstTime() < log.time(SLOT, first))) {
        leaving.accept(log.columns(SLOT, first), log.index(SLOT, first));
        log.dropFirst(SLOT, 1);
      } else {
        disordered.drainTo(disordered.firstTime(), 1, drained, 0);
        leaving.accept(drained.columns(), 0);
        drained.clear();
      }
    }
  }
}
