package io.millrace.operators.window;

import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.StandingTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/**
 * Windows whose results depend on how far time is when a row comes, over rows of several source
 * partitions that are polled: a row that has come behind a deadline in its own partition waits
 * until the watermark of all has passed the one that it has seen. So what is due at a time has
 * exactly the rows that their own partitions had given before they reached it, and these are taken
 * in one order: by the watermarks that they have seen, then by partition and offset.
 *
 * <p>Where rows come in one order anyway, nothing waits.
 */
final class AwaitingOperator implements Operator {
  private final ClosingOperator windows;
  private final Choice choice;
  private final Schema input;
  private final SortLimit limit;
  private OperatorContext context;
  private AwaitedRows awaited;
  private boolean isOpen;

  /** Says which rows wait. */
  interface Choice {
    /**
     * Whether it matters for a row in which order it is taken.
     *
     * @param seen the watermark by which it may be late
     */
    boolean waits(Batch batch, int row, long seen);
  }

  AwaitingOperator(ClosingOperator windows, Choice choice, Schema input, SortLimit limit) {
    this.windows = windows;
    this.choice = choice;
    this.input = input;
    this.limit = limit;
  }

  @Override
  public void open(OperatorContext context) {
    windows.open(context);
    awaited = new AwaitedRows(input, context);
    isOpen = context.isOrderOpen();
    this.context = context;
  }

  @Override
  public void process(int of, Batch batch, Output output) {
    if (awaited.isEmpty() && (!isOpen || firstThatWaits(batch) == batch.size())) {
      windows.process(of, batch, output);
      return;
    }
    boolean isBegun = false;
    for (int row = 0; row < batch.size(); row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      isBegun &= !goOn(batch.timeline(), advance, output);
      if (isOpen && waits(batch, row)) {
        add(batch, row, output);
      } else {
        isBegun &= !goOnInFrontOf(batch, row, output);
        if (!isBegun) {
          windows.begin(batch);
          isBegun = true;
        }
        windows.takeRun(batch, row, row + 1, output);
      }
    }
    windows.flush(output);
  }

  private int firstThatWaits(Batch batch) {
    int row = 0;
    while (row < batch.size() && !waits(batch, row)) {
      row++;
    }
    return row;
  }

  private boolean waits(Batch batch, int row) {
    return choice.waits(batch, row, seen(batch, row));
  }

  /**
   * The watermark of its own partition before a row. What a deadline has brought about has seen
   * those before it, also where one step of time has passed several.
   */
  private long seen(Batch batch, int row) {
    long seen = batch.seen(row);
    long moment = batch.moment(row);
    if (moment == Timeline.END || moment == Timeline.NEVER) {
      return seen;
    }
    long lag = context.lagOfMoments(batch.lane(row));
    if (lag == Timeline.END) {
      return seen;
    }
    long part = batch.timeline().moments().ownPart(moment);
    return Math.max(seen, Moments.lastDeadlineBefore(part) - lag);
  }

  private void add(Batch batch, int row, Output output) {
    if (awaited.size() < limit.rows()) {
      awaited.add(batch, row, seen(batch, row));
    } else if (limit.isLateBeyond()) {
      output.late(batch, row);
    } else {
      windows.flush(output); // what goes before the row goes in this turn
      throw limit.exceeded(
          "what a window sends before or behind its end",
          "the watermark does not move on, or some partitions are far behind the others");
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (awaited.isEmpty() || domain != TimeDomain.EVENT) {
      return windows.onTime(domain, timeline, output);
    }
    goOn(timeline, timeline.length(), output);
    windows.flush(output);
    return false;
  }

  /**
   * Lets happen what is due at the advances up to {@code to}.
   *
   * @return whether anything was
   */
  private boolean goOn(Timeline timeline, int to, Output output) {
    boolean isAny = false;
    while (!awaited.isEmpty() || !windows.isEmpty()) {
      int at = timeline.firstReaching(firstDue(), 0);
      if (at > to) {
        break;
      }
      goOnAt(timeline, at, output);
      isAny = true;
    }
    return isAny;
  }

  /**
   * Lets happen what is due at the advance that has brought a row about, as far as time is before
   * the row. Once it is taken, all up to then counts as dealt with.
   *
   * @return whether anything was
   */
  private boolean goOnInFrontOf(Batch batch, int row, Output output) {
    long reached = ClosingOperator.reached(batch, row);
    if (firstDue() > reached) {
      return false;
    }
    goOnAt(new StandingTimeline(batch.timeline(), reached), batch.position(row) >> 1, output);
    return true;
  }

  /** The watermark at which a window is due, or a row is taken, next. */
  private long firstDue() {
    long seen = awaited.next();
    return Math.min(windows.nextDeadline(), seen == Timeline.END ? seen : seen + 1);
  }

  /** Takes rows, each behind what is due by the watermark that it has seen, then what is due. */
  private void goOnAt(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    while (!awaited.isEmpty() && (awaited.next() < reached || reached == Timeline.END)) {
      closeUpTo(awaited.next(), timeline, advance, output);
      awaited.begin();
      windows.beginTurn(timeline.base());
      while (awaited.hasNext()) {
        Batch batch = awaited.take(timeline, Timeline.ofAdvance(advance));
        windows.begin(batch);
        windows.takeRun(batch, 0, 1, output);
      }
    }
    closeUpTo(reached, timeline, advance, output);
  }

  private void closeUpTo(long time, Timeline timeline, int advance, Output output) {
    if (!windows.isEmpty() && windows.nextDeadline() <= time) {
      windows.close(new StandingTimeline(timeline, time), advance, output);
    }
  }
}
