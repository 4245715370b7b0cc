package io.millrace.operators.window;

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
 */
final class DelayOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private final Schema rows;
  private final Release release;
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

    /** Whether a row is late that goes on at a time which the watermark has passed already. */
    boolean refusesLate();
  }

  DelayOperator(Schema rows, Release release) {
    this.rows = rows;
    this.release = release;
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
    delayed.rows(count, times, batch.positions(), null).moments(batch.moments());
  }

  @Override
  boolean isEmpty() {
    return held.size() == 0;
  }

  @Override
  long nextDeadline() {
    return isEmpty() ? Timeline.END : held.firstTime();
  }

  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    long next = nextDeadline();
    boolean refuses = release.refusesLate();
    for (int row = from; row < to; row++) {
      if (refuses && times[row] < batch.seen(row)) {
        output.late(batch, row);
      } else if (times[row] <= batch.reached(row)) {
        out.append(delayed, row);
        flushIfFull(output);
      } else {
        held.add(delayed, row);
        if (times[row] < next) {
          return row + 1;
        }
      }
    }
    return to;
  }

  @Override
  void close(Timeline timeline, int advance, Output output) {
    int code = Timeline.ofAdvance(advance);
    int first = out.size();
    while (held.drainTo(timeline.before(advance), batchSize - first, out, code) > 0) {
      for (int row = first; row < out.size(); row++) {
        out.dueAt(row, out.rowtimes()[row]);
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
      output.emit(out.batch(outputTimeline, outputTimeline));
      out.clear();
    }
  }
}
