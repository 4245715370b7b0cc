package io.millrace.engine;

import io.millrace.engine.row.RowFiller;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.source.RowTime;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows for an in-memory stream of a job, as objects of type {@code T}. Thread-safe: rows of
 * several threads take turns.
 *
 * <p>Results have been given to subscribers when {@code send} returns, unless it was called by a
 * subscriber: then the row waits until the turn that is running is over.
 *
 * <p>The thread that sends works its rows off itself, so it cannot send more than the job takes.
 * While another thread does that, it waits: as long as that takes, or with {@code SET 'overload' =
 * 'refuse'} as long as {@code 'overload.wait'} says, and gets an {@link OverloadException} then;
 * with {@code 'shed'} its rows are left out and counted. {@code trySend} says itself how long it
 * waits. Rows that are sent together are let in together or not at all.
 *
 * <p>Texts of records are read when a query needs them, before {@code send} returns: an accessor of
 * a record that throws makes {@code send} fail in the middle of a batch.
 *
 * <p>A row of a stream that declares a time column has the time that is in the column; else its
 * time is that of the engine's clock.
 */
public final class Input<T> {
  private static final long BY_CLOCK = Long.MIN_VALUE;
  private final EngineCore core;
  private final Turns turns;
  private final Job job;
  private final EntryPort port;
  private final RowFiller<T> filler;

  /** What keeps rows from waiting for ever; null if nothing does. */
  private final @Nullable Admission admission;

  /** The declared time column, whose values are the times of the rows; null if there is none. */
  private final @Nullable LongColumn timeColumn;

  private final String timeName;
  private final long[] rowtimes;
  private final byte[] deletions;
  private final Object[] objects;
  private final Batch batch;

  /** One row in the same columns: nothing of it changes from turn to turn but the values. */
  private final Batch one;

  Input(
      EngineCore core,
      Job job,
      EntryPort port,
      RowTime rowTime,
      RowFiller<T> filler,
      @Nullable Admission admission) {
    this.core = core;
    this.turns = core.turns();
    this.job = job;
    this.port = port;
    this.filler = filler;
    this.admission = admission;
    int capacity = core.circuit().batchSize();
    Column[] columns = new Column[port.schema().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(port.schema().type(i).layout(), capacity);
    }
    filler.bind(columns);
    this.timeColumn = rowTime.column() < 0 ? null : (LongColumn) columns[rowTime.column()];
    this.timeName = timeColumn == null ? "" : port.schema().name(rowTime.column());
    this.rowtimes = timeColumn == null ? new long[capacity] : timeColumn.values();
    this.deletions = new byte[capacity];
    this.objects = new Object[capacity];
    Arrays.fill(deletions, RowKind.DELETE.code());
    this.batch = port.newBatch(columns);
    this.one = port.newBatch(columns).rows(1, rowtimes, null, null);
  }

  /**
   * Sends one row.
   *
   * @throws OverloadException if it is refused, see above
   * @throws MillraceException if a value does not fit its column or the job is over
   */
  public void send(T row) {
    send(row, BY_CLOCK);
  }

  /**
   * Sends one row with a time of its own, in milliseconds since the epoch; a declared time column
   * goes before it.
   */
  public void send(T row, long rowtime) {
    if (admission != null) {
      admit(() -> 1, () -> sendNow(row, rowtime, null));
    } else if (turns.enter()) {
      try {
        sendNow(row, rowtime, null);
      } finally {
        turns.leave();
      }
      core.throwLateFailures(port);
    } else {
      turns.defer(() -> sendNow(row, rowtime, null));
    }
  }

  /** Sends rows in batches: faster than one by one, with the same results. */
  public void sendAll(Iterable<? extends T> rows) {
    admit(() -> count(rows), () -> sendAllNow(rows));
  }

  /** Sends the rows {@code rows[from .. to)} in batches: the fastest way to send objects. */
  public void sendAll(T[] rows, int from, int to) {
    Objects.checkFromToIndex(from, to, rows.length);
    admit(() -> to - from, () -> sendAllNow(rows, from, to));
  }

  /**
   * Sends rows in batches, each with a time of its own; a declared time column goes before it.
   *
   * @param times the times of the rows, in milliseconds since the epoch
   */
  public void sendAll(List<? extends T> rows, long[] times) {
    if (rows.size() != times.length) {
      throw new IllegalArgumentException(rows.size() + " rows with " + times.length + " times");
    }
    Object[] all = rows.toArray();
    admit(() -> all.length, () -> sendAllNow(all, times));
  }

  /**
   * Sends one row, unless rows of other threads keep it waiting for longer than {@code wait}: it is
   * not taken then. Whatever the script says of overload.
   *
   * @return whether it was taken
   */
  public boolean trySend(T row, Duration wait) {
    return trySend(row, BY_CLOCK, wait);
  }

  /** As {@link #trySend(Object, Duration)}, with a time as in {@link #send(Object, long)}. */
  public boolean trySend(T row, long rowtime, Duration wait) {
    return tryRun(() -> sendNow(row, rowtime, null), wait);
  }

  /** Sends rows in batches, all or none, see {@link #trySend(Object, Duration)}. */
  public boolean trySendAll(Iterable<? extends T> rows, Duration wait) {
    return tryRun(() -> sendAllNow(rows), wait);
  }

  /** The columns of the stream, then the pseudo-columns of its connector that queries read. */
  public Schema schema() {
    return port.schema();
  }

  /** Deletes the row with the key of {@code row} from a table. */
  public void delete(T row, long rowtime) {
    admit(() -> 1, () -> sendNow(row, rowtime, deletions));
  }

  /**
   * Says that no row with a time before {@code time} will come, so that windows that end by then
   * are closed.
   *
   * @param time in milliseconds since the epoch
   */
  public void advanceTo(long time) {
    run(
        () -> {
          job.checkOpen();
          core.advance(port, time);
        });
  }

  /** Says that no more rows will come: whatever waits for more is sent. */
  public void end() {
    advanceTo(Timeline.END);
  }

  private void run(Runnable turn) {
    turns.run(turn);
    if (!turns.isInside()) {
      core.throwLateFailures(port);
    }
  }

  private boolean tryRun(Runnable turn, Duration wait) {
    boolean isTaken = turns.tryRun(turn, TimeUnit.NANOSECONDS.convert(wait));
    if (isTaken && !turns.isInside()) {
      core.throwLateFailures(port);
    }
    return isTaken;
  }

  /** Runs the turn of some rows, or does with them what is done under overload. */
  private void admit(IntSupplier rows, Runnable turn) {
    if (admission == null) {
      run(turn);
    } else if (admission.run(turns, rows, turn) && !turns.isInside()) {
      core.throwLateFailures(port);
    }
  }

  private static int count(Iterable<?> rows) {
    int count = 0;
    for (Object ignored : rows) {
      count++;
    }
    return count;
  }

  private void sendNow(T row, long rowtime, byte @Nullable [] kinds) {
    job.checkOpen();
    stamp(1, rowtime);
    filler.fillOne(row);
    turn(kinds == null ? one : batch.rows(1, rowtimes, null, kinds));
  }

  private void sendAllNow(Object[] rows, int from, int to) {
    job.checkOpen();
    for (int first = from; first < to; first += rowtimes.length) {
      int count = Math.min(rowtimes.length, to - first);
      stamp(count, BY_CLOCK);
      fill(rows, first, count);
    }
  }

  private void sendAllNow(Object[] rows, long[] times) {
    job.checkOpen();
    for (int first = 0; first < rows.length; first += rowtimes.length) {
      int count = Math.min(rowtimes.length, rows.length - first);
      if (timeColumn == null) {
        System.arraycopy(times, first, rowtimes, 0, count);
      }
      fill(rows, first, count);
    }
  }

  private void sendAllNow(Iterable<? extends T> rows) {
    job.checkOpen();
    int count = 0;
    for (T row : rows) {
      objects[count++] = row;
      if (count == objects.length) {
        stamp(count, BY_CLOCK);
        fill(objects, 0, count);
        count = 0;
      }
    }
    if (count > 0) {
      stamp(count, BY_CLOCK);
      fill(objects, 0, count);
    }
    Arrays.fill(objects, null);
  }

  /** Sets the times of the rows, unless a column has them. */
  private void stamp(int count, long given) {
    if (timeColumn == null) {
      Arrays.fill(rowtimes, 0, count, given == BY_CLOCK ? core.clock().millis() : given);
    }
  }

  /** Sends rows whose times, unless a column has them, are in {@code rowtimes}. */
  private void fill(Object[] rows, int from, int count) {
    filler.fill(rows, from, count);
    turn(batch.rows(count, rowtimes, null, null));
    filler.release();
  }

  private void turn(Batch rows) {
    LongColumn times = timeColumn;
    if (times != null && times.nulls() != null) {
      requireTimes(times, rows.size());
    }
    if (!RowTimes.areInRange(rowtimes, rows.size())) {
      throw new MillraceException(outOfRange(rows.size()));
    }
    core.turn(port, rows);
  }

  private String outOfRange(int count) {
    int row = 0;
    while (row < count - 1 && RowTimes.isInRange(rowtimes[row])) {
      row++;
    }
    String of = timeColumn == null ? "its time" : "its time column '" + timeName + "'";
    return "a row of '"
        + port.stream()
        + "' has no time: "
        + of
        + " "
        + RowTimes.problem(rowtimes[row]);
  }

  private void requireTimes(Column times, int count) {
    for (int row = 0; row < count; row++) {
      if (times.isNull(row)) {
        throw new MillraceException(
            "a row of '"
                + port.stream()
                + "' has no time: its time column '"
                + timeName
                + "' is NULL");
      }
    }
  }
}
