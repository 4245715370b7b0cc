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
  private final SortLimit limit;
  private SortBuffer buffer;
  private RowBuffer out;
  private Timeline sorted;
  private int batchSize;

  /** The first advance of this turn that may release what is held: those before it have. */
  private int next;

  /** The time and moment of the last row of the turn that waited for no advance. */
  private long timeAtOnce = Timeline.NEVER;

  private long momentAtOnce;

  /** The advance of which the moment is one: it says nothing of those behind it in the turn. */
  private int advanceAtOnce;

  SortOperator(SortSpec spec) {
    this.spec = spec;
    this.limit = spec.limit();
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
    long[] rowtimes = batch.rowtimes();
    for (int row = 0; row < batch.size(); row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      release(timeline, advance, output);
      releaseBefore(batch, row, output);
      if (rowtimes[row] < batch.seen(row)) {
        late(batch, row, output);
      } else if (buffer.size() >= limit.rows()) {
        refuse(batch, row, output);
      } else {
        add(batch, row);
      }
    }
    flush(output);
  }

  /** Releases what is due before a row at the advance that has brought the row about. */
  private void releaseBefore(Batch batch, int row, Output output) {
    int code = batch.position(row);
    Timeline timeline = batch.timeline();
    if ((code & 1) == 0 && buffer.size() > 0) {
      boolean settles = timeline.settlesOwnTime();
      long reached = batch.reached(row);
      if (reached > Timeline.NEVER && reached < Timeline.END) {
        releaseUpTo(settles ? reached : reached - 1, code >> 1, settles, output);
      }
    }
  }

  private void add(Batch batch, int row) {
    long time = batch.rowtimes()[row];
    if ((batch.position(row) & 1) == 0 && time <= batch.reached(row)) {
      timeAtOnce = time;
      momentAtOnce = batch.moment(row);
      advanceAtOnce = batch.position(row) >> 1;
    }
    buffer.add(batch, row);
  }

  private void late(Batch batch, int row, Output output) {
    if (!spec.keepsLate()) {
      output.late(batch, row);
      return;
    }
    out.append(batch, row);
    if (out.size() == batchSize) {
      flush(output);
    }
  }

  private void refuse(Batch batch, int row, Output output) {
    if (!limit.isLateBeyond() || spec.keepsLate()) {
      flush(output); // what goes before the row goes in this turn
      throw limit.exceeded(
          "putting rows in order",
          "the watermark does not move on, or the declared disorder is large");
    }
    output.late(batch, row);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      release(timeline, timeline.length(), output);
      flush(output);
      next = 0;
      timeAtOnce = Timeline.NEVER;
    }
    return false;
  }

  /**
   * Releases what is due at the advances up to {@code to}. A row that comes behind them is not
   * released by them, though the watermark may be at its time already.
   */
  private void release(Timeline timeline, int to, Output output) {
    boolean settles = timeline.settlesOwnTime();
    while (buffer.size() > 0 && next <= to) {
      long first = buffer.firstTime();
      int due = timeline.firstReaching(settles || first == Timeline.END ? first : first + 1, next);
      if (due > to) {
        break;
      }
      long reached = timeline.before(due);
      boolean isAll = settles || reached == Timeline.END;
      releaseUpTo(isAll ? reached : reached - 1, due, settles, output);
      next = due;
    }
    next = Math.max(next, to + 1);
  }

  private void releaseUpTo(long time, int advance, boolean settles, Output output) {
    int code = Timeline.ofAdvance(advance);
    int first = out.size();
    while (buffer.drainTo(time, batchSize - first, out, code) > 0) {
      out.inPlace(first, settles);
      if (timeAtOnce != Timeline.NEVER && advance == advanceAtOnce) {
        out.notBefore(first, momentAtOnce, timeAtOnce);
      }
      if (out.size() == batchSize) {
        flush(output);
      }
      first = out.size();
    }
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(
          out.batch(sorted, sorted).lanes(null)); // they are in order, late ones as they come
      out.clear();
    }
  }
}
