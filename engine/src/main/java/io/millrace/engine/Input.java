package io.millrace.engine;

import io.millrace.engine.row.RowFiller;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.source.RowTime;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * Takes rows for an in-memory stream of a job, as objects of type {@code T}. Thread-safe: rows of several threads take turns.
 *
 * <p>Results have been given to subscribers when {@code send} returns, unless it was called by a subscriber: then the row waits until the turn
 * that is running is over.
 *
 * <p>A row of a stream that declares a time column has the time that is in the column; else its time is that of the engine's clock.
 */
public final class Input<T> {
  private static final long BY_CLOCK = Long.MIN_VALUE;
  private final EngineCore core;
  private final Job job;
  private final EntryPort port;
  private final RowTime rowTime;
  private final RowFiller<T> filler;
  private final Column[] columns;
  private final long[] rowtimes;
  private final byte[] deletions;
  private final Batch batch;

  Input(EngineCore core, Job job, EntryPort port, RowTime rowTime, RowFiller<T> filler) {
    this.core = core;
    this.job = job;
    this.port = port;
    this.rowTime = rowTime;
    this.filler = filler;
    int capacity = core.circuit().batchSize();
    this.columns = new Column[port.schema().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(port.schema().type(i).layout(), capacity);
    }
    this.rowtimes = new long[capacity];
    this.deletions = new byte[capacity];
    Arrays.fill(deletions, RowKind.DELETE.code());
    this.batch = port.newBatch(columns);
  }

  /**
   * Sends one row.
   *
   * @throws MillraceException if a value does not fit its column or the job is over
   */
  public void send(T row) {
    send(row, BY_CLOCK);
  }

  /**
   * Sends one row with a time of its own, in milliseconds since the epoch; a declared time column goes before it.
   */
  public void send(T row, long rowtime) {
    if (core.turns().enter()) {
      try {
        sendNow(row, rowtime, false);
      } finally {
        core.turns().leave();
      }
    } else {
      core.turns().defer(() -> sendNow(row, rowtime, false));
    }
  }

  /** Sends rows in batches: faster than one by one, with the same results. */
  public void sendAll(Iterable<? extends T> rows) {
    core.turns().run(() -> sendAllNow(rows));
  }

  /** Deletes the row with the key of {@code row} from a table. */
  public void delete(T row, long rowtime) {
    core.turns().run(() -> sendNow(row, rowtime, true));
  }

  /**
   * Says that no row with a time before {@code time} will come, so that windows that end by then are closed.
   *
   * @param time in milliseconds since the epoch
   */
  public void advanceTo(long time) {
    core.turns().run(
        () -> {
          job.checkOpen();
          core.advance(port, time);
        });
  }

  /** Says that no more rows will come: whatever waits for more is sent. */
  public void end() {
    advanceTo(Timeline.END);
  }

  private void sendNow(T row, long rowtime, boolean isDeletion) {
    job.checkOpen();
    clear();
    filler.fill(row, columns, 0);
    rowtimes[0] = timeOf(0, rowtime);
    batch.rows(1, rowtimes, null, isDeletion ? deletions : null);
    core.turn(port, batch, rowtimes, 1);
  }

  private void sendAllNow(Iterable<? extends T> rows) {
    job.checkOpen();
    batch.rows(0, rowtimes, null, null);
    clear();
    int count = 0;
    for (T row : rows) {
      filler.fill(row, columns, count);
      rowtimes[count] = timeOf(count, BY_CLOCK);
      count++;
      if (count == rowtimes.length) {
        core.turn(port, batch, rowtimes, count);
        clear();
        count = 0;
      }
    }
    if (count > 0) {
      core.turn(port, batch, rowtimes, count);
    }
  }

  private void clear() {
    for (Column column : columns) {
      column.clearNulls();
    }
  }

  private long timeOf(int row, long given) {
    int column = rowTime.column();
    if (column >= 0) {
      if (columns[column].isNull(row)) {
        throw new MillraceException(
            "a row of '" + port.stream() + "' has no time: its time column '" + port.schema().name(column) + "' is NULL");
      }
      return ((LongColumn) columns[column]).values()[row];
    }
    return given == BY_CLOCK ? core.clock().millis() : given;
  }
}
