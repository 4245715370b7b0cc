package io.millrace.operators.window;

import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;

/**
 * Holds each row until the watermark has reached the time of its release, which is its time from
 * then on. One whose new time the watermark has just reached goes on at once.
 *
 * <p>Where time is moved, rows of several source partitions wait until the watermark has passed
 * their new time, as those do that are sorted: then all of one time are there, and go on in the
 * order of their lanes, whichever partition was polled first.
 */
final class DelayOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private final Schema rows;
  private final Release release;
  private final SortLimit limit;
  private SortBuffer held;
  private final Column[] columns;

  /** The rows of the batch with their new times. */
  private Batch delayed;

  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private long[] times = new long[0];

  /** When rows go on. */
  interface Release {
    /** The time at which a row goes on. */
    long time(Batch batch, int row);

    /**
     * Whether it is the time of the row itself that is moved: then one is late that goes on at a
     * time which the watermark has passed already. Else it is a moment for which all wait that come
     * before it, in the order in which they come.
     */
    boolean movesTime();
  }

  DelayOperator(Schema rows, Release release, SortLimit limit) {
    this.rows = rows;
    this.release = release;
    this.limit = limit;
    columns = new Column[rows.size()];
  }

  @Override
  public void open(OperatorContext context) {
    held =
        context
            .state()
            .sortBuffer(
                new SortBufferSpec(
                    "held", VERSION, rows.fields().stream().map(Field::type).toList()));
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    delayed = new Batch(rows, columns, outputTimeline);
    out = new RowBuffer(rows, batchSize, outputTimeline);
  }

  /**
   * A row that goes on at once does so behind those whose turn has been before it, and whether
   * there is room for one must not depend on how many steps time has made.
   */
  @Override
  boolean sendsAgain() {
    return true;
  }

  /** Also if the row is behind that: those that are due do not wait for it. */
  @Override
  long timeBefore(Batch batch, int row) {
    return batch.reached(row);
  }

  @Override
  void begin(Batch batch) {
    int count = batch.size();
    if (times.length < count) {
      times = new long[count];
    }
    for (int row = 0; row < count; row++) {
      times[row] = release.time(batch, row);
    }
    System.arraycopy(batch.columns(), 0, columns, 0, columns.length);
    delayed
        .rows(count, times, batch.positions(), null)
        .moments(batch.moments())
        .lanes(release.movesTime() ? batch.lanes() : null);
  }

  @Override
  boolean isEmpty() {
    return held.size() == 0;
  }

  @Override
  long nextDeadline() {
    return isEmpty() ? Timeline.END : deadline(held.firstTime());
  }

  /** The watermark at which a row of a new time goes on. */
  private long deadline(long time) {
    return settles() || time == Timeline.END ? time : time + 1;
  }

  /** Whether all rows of a new time are there when the watermark has reached it. */
  private boolean settles() {
    return !release.movesTime() || outputTimeline.settlesOwnTime();
  }

  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    long next = nextDeadline();
    boolean refuses = release.movesTime();
    for (int row = from; row < to; row++) {
      if (refuses && times[row] < batch.seen(row)) {
        output.late(batch, row);
      } else if (deadline(times[row]) <= batch.reached(row)) {
        out.append(delayed, row);
        flushIfFull(output);
      } else if (held.size() >= limit.rows()) {
        refuse(batch, row, output);
      } else {
        held.add(delayed, row);
        if (deadline(times[row]) < next) {
          return row + 1;
        }
      }
    }
    return to;
  }

  private void refuse(Batch batch, int row, Output output) {
    if (limit.isLateBeyond()) {
      output.late(batch, row);
      return;
    }
    flush(output); // what goes before the row goes in this turn
    throw limit.exceeded(
        release.movesTime() ? "DELAY" : "EMIT ALL EVERY",
        "the watermark does not move on, or rows wait for long");
  }

  @Override
  void close(Timeline timeline, int advance, Output output) {
    int code = Timeline.ofAdvance(advance);
    long reached = timeline.before(advance);
    long time = settles() || reached == Timeline.END ? reached : reached - 1;
    int first = out.size();
    while (held.drainTo(time, batchSize - first, out, code) > 0) {
      for (int row = first; row < out.size(); row++) {
        out.dueAt(row, deadline(out.rowtimes()[row]));
      }
      flushIfFull(output);
      first = out.size();
    }
  }

  private void flushIfFull(Output output) {
    if (out.size() == batchSize) {
      flush(output);
    }
  }

  @Override
  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outputTimeline).lanes(null)); // they are in order
      out.clear();
    }
  }
}
