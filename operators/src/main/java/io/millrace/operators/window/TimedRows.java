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
 *
 * <p>Rows are taken off the log and added to it many at a time: what happens between {@link #begin}
 * and {@link #end} reaches the log in the end, or when the rows are needed.
 */
final class TimedRows {
  private static final int VERSION = 1;
  private static final int SLOT = 0;

  private final RowLog log;
  private final SortBuffer disordered;
  private final RowBuffer drained;
  private final Batch view;

  /** How many rows there are, but for the disordered ones. */
  private int ordered;

  /** The time of the newest of these. */
  private long newest;

  /** The oldest of these: {@code [at, to)} of these columns, in the log; there may be more. */
  private Column[] front = new Column[0];

  private long[] frontTimes = new long[0];
  private int at;
  private int to;

  /** How many rows before {@code at} have left, and are in the log still. */
  private int taken;

  /** The newest of these: {@code [addedFrom, addedTo)} of the source, not in the log yet. */
  private int addedFrom;

  private int addedTo;
  private long[] addedTimes = new long[0];

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

  /** Begins to work with the rows. */
  void begin() {
    ordered = log.size(SLOT);
    newest = ordered == 0 ? Long.MIN_VALUE : log.time(SLOT, log.end(SLOT) - 1);
  }

  /** Has the state be what was done since {@link #begin}, before the source columns change. */
  void end() {
    writeAdded();
    log.dropFirst(SLOT, taken);
    taken = 0;
    at = 0;
    to = 0;
  }

  private void writeAdded() {
    if (addedFrom < addedTo) {
      log.appendAll(SLOT, addedTimes, view.columns(), addedFrom, addedTo);
      addedFrom = 0;
      addedTo = 0;
      at = 0; // the log may lie elsewhere now
      to = 0;
    }
  }

  /** Adds a row of the source columns, which are rows of the batch. */
  void add(Batch batch, int row) {
    long time = batch.rowtimes()[row];
    if (ordered > 0 && time < newest) {
      disordered.add(view.rows(batch.size(), batch.rowtimes(), batch.positions(), null), row);
      return;
    }
    if (addedTo != row || addedFrom == addedTo) {
      writeAdded();
      addedFrom = row;
      addedTimes = batch.rowtimes();
    }
    addedTo = row + 1;
    newest = time;
    ordered++;
  }

  /** Adds rows, as if one by one, each of which is in the order of times behind the one before. */
  void addAll(Batch batch, int from, int end) {
    add(batch, from);
    addedTo = end;
    newest = batch.rowtimes()[end - 1];
    ordered += end - from - 1;
  }

  /**
   * Whether all rows are in the order of times, and one of a time would be, too: then rows leave in
   * the order of {@link #front}, in which what it holds is found again until the next call.
   */
  boolean isInOrder(long time) {
    return disordered.size() == 0
        && (ordered == 0 || time >= newest)
        && (hasFront() || ordered == 0);
  }

  /** The columns of the oldest rows, from {@link #at} to {@link #to}; others if there are none. */
  Column[] front() {
    return at < to ? front : view.columns();
  }

  /** The times of these rows, at the same indices. */
  long[] frontTimes() {
    return frontTimes;
  }

  int at() {
    return at;
  }

  int to() {
    return to;
  }

  /** Whether there are more rows than those of {@link #front}. */
  boolean hasMore() {
    return ordered > to - at;
  }

  /** Takes off the rows of {@link #front} up to one, which have left. */
  void takeTo(int end) {
    int count = end - at;
    at = end;
    taken += count;
    ordered -= count;
  }

  /** The smallest time; {@link Timeline#END} if there are no rows. */
  long firstTime() {
    long first = hasFront() ? frontTimes[at] : Timeline.END;
    return disordered.size() == 0 ? first : Math.min(first, disordered.firstTime());
  }

  boolean isEmpty() {
    return ordered == 0 && disordered.size() == 0;
  }

  /** Takes off all rows up to a time, inclusive. */
  void takeUpTo(long time, Leaving leaving) {
    // At equal times the log's row came first: the other was behind a later one of the log.
    while (disordered.size() > 0 && disordered.firstTime() <= time) {
      takeOrdered(disordered.firstTime(), leaving);
      disordered.drainTo(disordered.firstTime(), 1, drained, 0);
      leaving.accept(drained.columns(), 0);
      drained.clear();
    }
    takeOrdered(time, leaving);
  }

  private void takeOrdered(long time, Leaving leaving) {
    while (hasFront() && frontTimes[at] <= time) {
      leaving.accept(front, at++);
      taken++;
      ordered--;
    }
  }

  /** Whether there is an ordered row; the oldest is the row {@code at} of {@code front} then. */
  private boolean hasFront() {
    return at < to || (ordered > 0 && findFront());
  }

  private boolean findFront() {
    long first = log.first(SLOT) + taken;
    if (first == log.end(SLOT)) {
      writeAdded();
    }
    front = log.columns(SLOT, first);
    frontTimes = log.times(SLOT, first);
    at = log.index(SLOT, first);
    to = at + (int) (log.runEnd(SLOT, first) - first);
    return true;
  }
}
