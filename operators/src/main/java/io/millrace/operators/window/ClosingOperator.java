package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.StandingTimeline;
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
      boolean isOpen = !isEmpty(); // else the watermark, at its end, reaches what is not there
      long deadline = isOpen ? nextDeadline() : Timeline.END;
      int advance = isOpen ? timeline.firstReaching(deadline, 0) : timeline.length() + 1;
      int behind = RowRuns.firstBehind(batch, from, Timeline.ofAdvance(advance));
      int to = isOpen && sendsAgain() ? firstAhead(batch, from, behind, advance, deadline) : behind;
      if (behind == from) {
        close(timeline, advance, output);
      } else if (to == from) {
        close(new StandingTimeline(timeline, timeBefore(batch, from)), advance, output);
      } else {
        do { // the bounds hold as long as nothing is due at another time
          from = takeRun(batch, from, to, output);
        } while (isOpen && from < to && nextDeadline() == deadline);
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

  /**
   * The first row of {@code [from, to)} before which a window is due at the advance that has
   * brought the row about; {@code to} if there is none.
   */
  private int firstAhead(Batch batch, int from, int to, int advance, long deadline) {
    int row = RowRuns.firstBehind(batch, from, Timeline.ofAdvance(advance) - 1);
    while (row < to && timeBefore(batch, row) < deadline) {
      row++;
    }
    return Math.min(row, to);
  }

  /**
   * How far time is before a row: see {@link Batch#reached(int)}. What takes a row is still there.
   */
  static long reached(Batch batch, int row) {
    long before = batch.seen(row, batch.timeline());
    return Math.max(before, Math.min(batch.reached(row), batch.rowtimes()[row]));
  }

  /** What is due by then is sent in front of the row, where {@link #sendsAgain}. */
  long timeBefore(Batch batch, int row) {
    return reached(batch, row);
  }

  /**
   * Whether what windows send depends on which of their rows have come by then, or rows go on at
   * once: so they send what is due before a row in front of it, where one advance brings both
   * about, too.
   */
  boolean sendsAgain() {
    return false;
  }

  /** Takes the columns of a batch, whose rows come next. */
  abstract void begin(Batch batch);

  /**
   * Comes before rows that have waited since earlier turns.
   *
   * @param base of this turn
   */
  void beginTurn(long base) {}

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
