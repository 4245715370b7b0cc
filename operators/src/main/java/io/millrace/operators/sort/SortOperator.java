package io.millrace.operators.sort;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;

/**
 * Holds rows until the watermark says that nothing earlier can come; then they go on, sorted by
 * time, equal times in the order in which they came, at the position of the advance that released
 * them.
 */
final class SortOperator implements Operator {
  private static final int VERSION = 1;
  private final SortSpec spec;
  private SortBuffer buffer;
  private RowBuffer out;
  private Timeline sorted;
  private int batchSize;

  SortOperator(SortSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    buffer =
        context
            .state()
            .sortBuffer(
                new SortBufferSpec(
                    "held", VERSION, spec.output().fields().stream().map(Field::type).toList()));
    batchSize = context.batchSize();
    sorted = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, sorted);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    Timeline timeline = batch.timeline();
    Timeline lateness = batch.lateness();
    long[] rowtimes = batch.rowtimes();
    int due = 0;
    for (int row = 0; row < batch.size(); row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      due = release(timeline, due, advance, output);
      if (advance >= 0 && rowtimes[row] < lateness.before(advance)) {
        output.late(batch, row);
      } else {
        buffer.add(batch, row);
      }
    }
    flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      release(timeline, 0, timeline.length(), output);
      flush(output);
    }
    return false;
  }

  /**
   * Releases what is due at the advances {@code [from, to]}.
   *
   * @return an advance before which nothing is due
   */
  private int release(Timeline timeline, int from, int to, Output output) {
    int advance = from;
    while (buffer.size() > 0 && advance <= to) {
      long first = buffer.firstTime();
      boolean settles = timeline.settlesOwnTime();
      int due =
          timeline.firstReaching(settles || first == Timeline.END ? first : first + 1, advance);
      if (due > to) {
        return Math.min(due, to + 1);
      }
      long reached = timeline.before(due);
      releaseUpTo(settles || reached == Timeline.END ? reached : reached - 1, due, output);
      advance = due;
    }
    return Math.max(advance, from);
  }

  private void releaseUpTo(long time, int advance, Output output) {
    int code = Timeline.ofAdvance(advance);
    while (buffer.drainTo(time, batchSize - out.size(), out, code) > 0) {
      if (out.size() == batchSize) {
        flush(output);
      }
    }
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(sorted, sorted));
      out.clear();
    }
  }
}
