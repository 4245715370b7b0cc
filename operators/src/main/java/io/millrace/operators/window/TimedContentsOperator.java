package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/**
 * Sends the rows of windows that close as they enter, and once more as the last window that they
 * are in closes: those of one moment by their times, equal times in the order in which they came.
 */
final class TimedContentsOperator implements Operator {
  private final HeldUntil.Deadline until;
  private final WindowContentsSpec spec;
  private HeldGrid grid;
  private TimedRows rows;
  private ContentsOutput out;

  /** By row of the batch how far time is before it. */
  private long[] reached = new long[0];

  TimedContentsOperator(HeldUntil.Deadline until, WindowContentsSpec spec) {
    this.until = until;
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    grid = new HeldGrid(until, context.state());
    out = new ContentsOutput(spec.carried(), spec.output(), context);
    Schema kept = new Schema(spec.output().fields().subList(0, spec.carried().size()));
    rows = new TimedRows(context.state(), kept, out.kept(), context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    out.take(batch);
    if (reached.length < batch.size()) {
      reached = new long[batch.size()];
    }
    batch.reached(0, batch.size(), reached);
    rows.begin();
    for (int row = 0; row < batch.size(); row++) {
      letGo(reached[row], batch.timeline(), output);
      long time = batch.rowtimes()[row];
      long watermark = batch.seen(row);
      if (grid.isLate(time, Math.max(watermark, reached[row]))) {
        output.late(batch, row);
      } else {
        rows.add(batch, row);
        out.enter(batch, row, until.leaves(grid.windows(), time), output);
      }
    }
    rows.end();
    out.flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      rows.begin();
      letGo(timeline.last(), timeline, output);
      rows.end();
      out.flush(output);
    }
    return false;
  }

  /** Lets rows go whose moments time has reached, at the advances that reach these. */
  private void letGo(long time, Timeline timeline, Output output) {
    while (!rows.isEmpty()) {
      long first = rows.firstTime();
      WindowGrid windows = grid.windows();
      long moment = until.leaves(windows, first);
      if (moment > time) {
        return;
      }
      rows.takeUpTo(
          HeldUntil.Deadline.lastWith(windows, first),
          (Column[] columns, int row) -> out.leaveAt(moment, timeline, columns, row, output));
    }
  }
}
