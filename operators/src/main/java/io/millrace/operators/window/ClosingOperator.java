package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * An operator whose windows close. Rows are taken in runs that come before the next window closes;
 * between runs, at the advance at which the watermark has reached the next deadline, what is due is
 * sent.
 */
abstract class ClosingOperator implements Operator {

  @Override
  public final void process(int input, Batch batch, Output output) {
    begin(batch);
    Timeline timeline = batch.timeline();
    int from = 0;
    while (from < batch.size()) {
      int advance = // where the watermark is at its end, it has reached what no window waits for
          isEmpty() ? timeline.length() + 1 : timeline.firstReaching(nextDeadline(), 0);
      int to = RowRuns.firstBehind(batch, from, Timeline.ofAdvance(advance));
      if (to == from) {
        close(timeline, advance, output);
      } else {
        from = takeRun(batch, from, to, output);
      }
    }
    flush(output);
  }

  @Override
  public final boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      for (int due = timeline.firstReaching(nextDeadline(), 0);
          due <= timeline.length() && !isEmpty(); ) {
        close(timeline, due, output);
        due = timeline.firstReaching(nextDeadline(), due);
      }
      flush(output);
    }
    return false;
  }

  /** Takes the columns of a batch, whose rows come next. */
  abstract void begin(Batch batch);

  /** Whether no window is open. */
  abstract boolean isEmpty();

  /** The watermark at which the next window closes; {@link Timeline#END} if none is open. */
  abstract long nextDeadline();

  /**
   * Takes rows of {@code [from, to)}, at least one, up to one after which a window may close
   * earlier than before.
   *
   * @return the index behind them
   */
  abstract int takeRun(Batch batch, int from, int to, Output output);

  /** Sends and forgets what is due at an advance. */
  abstract void close(Timeline timeline, int advance, Output output);

  /** Sends what has been written. */
  abstract void flush(Output output);
}
