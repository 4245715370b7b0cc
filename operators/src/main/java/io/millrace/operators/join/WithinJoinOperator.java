package io.millrace.operators.join;

import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.operators.join.WithinJoinSpec.Unmatched;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Joins rows as they come. A row meets those of the other side that are there, then waits for those
 * that come, until its bound and the grace have passed.
 *
 * <p>Whether two rows meet depends on them and on their own watermarks, not on which came first:
 * both are in time, and for each the other one's window was still open when it came. What the
 * merged watermark lets go, which is never ahead of those, has met all that it can.
 */
final class WithinJoinOperator implements Operator {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private final WithinJoinSpec spec;
  private final Bounds bounds;
  private final KernelLoader loader;
  private final Column[] keys;
  private WithinSide[] sides;
  private TurnOfTwo turn;
  private JoinedRows out;

  /** The first advance of this turn at which rows may leave: those before it have been seen to. */
  private int next;

  WithinJoinOperator(WithinJoinSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.bounds = spec.bounds();
    this.loader = loader;
    this.keys = new Column[spec.left().keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    sides =
        new WithinSide[] {
          WithinSide.left(spec.left(), bounds, context),
          WithinSide.right(spec.right(), bounds, context)
        };
    turn = new TurnOfTwo(spec.left(), spec.right(), LEFT, context.outputTimeline());
    out =
        new JoinedRows(spec.output(), spec.left(), spec.right(), spec.condition(), loader, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    turn.add(input, batch);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        for (int input = turn.next(); input >= 0; input = turn.next()) {
          take(input, turn.take(input), timeline, output);
        }
        leave(timeline, timeline.length(), output);
      } finally { // what goes before a failure goes in this turn
        out.flush(output);
        turn.clear();
        next = 0;
      }
    }
    return false;
  }

  private void take(int input, int row, Timeline merged, Output output) {
    Batch batch = turn.batch(input, row);
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    leave(merged, advance, output);
    long reached = advance < 0 ? Timeline.NEVER : merged.before(advance);
    long seen = turn.seen(input, row);
    long watermark = spec.leavesOutIdle() ? Math.max(seen, reached) : seen;
    WithinSide side = sides[input];
    long time = side.time(batch, row);
    long due = time == Timeline.NEVER ? batch.rowtimes()[row] : side.due(time);
    if (isLate(input, due, watermark)) {
      output.late(input, batch, row);
      return;
    }
    boolean mayMeet = time != Timeline.NEVER && JoinRows.hasKey(side.spec(), batch, row);
    boolean isMatched = mayMeet && meet(input, batch, row, time, due, watermark, output);
    boolean isUnmatched = !isMatched && side.spec().isOuter();
    boolean isSent = isUnmatched && spec.unmatched() != Unmatched.WHEN_GONE;
    if (isSent) {
      sendAlone(input, batch, row, batch.rowtimes()[row], output);
    }
    if (due <= reached) {
      if (isUnmatched && !isSent) {
        sendAlone(input, batch, row, Math.max(due, batch.rowtimes()[row]), output);
      }
    } else if (mayMeet || (isUnmatched && !isSent)) {
      int added = side.add(batch, row, watermark, Math.max(due, batch.rowtimes()[row]));
      if (isMatched && side.spec().isOuter()) {
        side.rows().match(added);
      }
    }
  }

  /**
   * Whether a row comes when its window has closed. None does that has been joined before, or that
   * has no bound.
   */
  private boolean isLate(int input, long due, long watermark) {
    boolean isTaken = bounds.isUnbounded() || (input == LEFT && bounds.isOfJoined());
    return !isTaken && due <= watermark;
  }

  /** Sends what a row becomes with those of the other side; whether there are any. */
  private boolean meet(
      int input, Batch batch, int row, long time, long due, long watermark, Output output) {
    WithinSide side = sides[input];
    WithinSide other = sides[1 - input];
    JoinedRows.keys(side.spec(), batch, keys);
    boolean isMatched = false;
    int candidate = other.rows().first(keys, row);
    while (candidate != JoinRows.NONE) {
      long theirs = other.time(candidate);
      if (bounds.isBeyond(input == LEFT, time, theirs)) {
        break; // and so are those behind it
      }
      boolean isNear = input == LEFT ? bounds.areNear(time, theirs) : bounds.areNear(theirs, time);
      if (isNear
          && watermark < other.due(theirs)
          && other.rows().seen(candidate) < due
          && join(input, batch, row, candidate, output)) {
        isMatched = true;
      }
      candidate = other.rows().next(candidate);
    }
    return isMatched;
  }

  private boolean join(int input, Batch batch, int row, int candidate, Output output) {
    JoinRows others = sides[1 - input].rows();
    long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(candidate));
    begin(input, batch, row, candidate, rowtime, output);
    if (!out.isMeant(output)) {
      out.drop();
      return false;
    }
    if (sides[1 - input].spec().isOuter() && !others.isMatched(candidate)) {
      if (spec.unmatched() == Unmatched.AT_ONCE_AND_RETRACTED) {
        out.drop();
        out.begin(batch, row, rowtime, RowKind.DELETE);
        out.fill(1 - input, others, candidate);
        out.fillWithNulls(input);
        begin(input, batch, row, candidate, rowtime, output);
      }
      others.match(candidate);
    }
    return true;
  }

  private void begin(int input, Batch batch, int row, int candidate, long rowtime, Output output) {
    out.flushFull(output);
    out.begin(batch, row, rowtime, RowKind.INSERT);
    out.fill(input, batch, row);
    out.fill(1 - input, sides[1 - input].rows(), candidate);
  }

  private void sendAlone(int input, Batch batch, int row, long rowtime, Output output) {
    out.flushFull(output);
    out.begin(batch, row, rowtime, RowKind.INSERT);
    out.fill(input, batch, row);
    out.fillWithNulls(1 - input);
  }

  /** Lets go what leaves at the advances up to {@code to}. */
  private void leave(Timeline merged, int to, Output output) {
    while (next <= to && !(sides[LEFT].isEmpty() && sides[RIGHT].isEmpty())) {
      int at = merged.firstReaching(Math.min(sides[LEFT].next(), sides[RIGHT].next()), next);
      if (at > to) {
        break;
      }
      leaveUpTo(merged.before(at), Timeline.ofAdvance(at), output);
      next = at;
    }
    next = Math.max(next, to + 1);
  }

  /** By the times at which they leave, at one time those of the left side first. */
  private void leaveUpTo(long reached, int position, Output output) {
    while (true) {
      long left = sides[LEFT].next();
      long right = sides[RIGHT].next();
      boolean isLeft = !sides[LEFT].isEmpty() && (left <= right || sides[RIGHT].isEmpty());
      int input = isLeft ? LEFT : RIGHT;
      long time = isLeft ? left : right;
      int row = time > reached ? JoinRows.NONE : sides[input].leave(time);
      if (row == JoinRows.NONE) {
        return;
      }
      leave(input, row, time, position, output);
    }
  }

  private void leave(int input, int row, long time, int position, Output output) {
    WithinSide side = sides[input];
    if (side.spec().isOuter()
        && spec.unmatched() == Unmatched.WHEN_GONE
        && !side.rows().isMatched(row)) {
      out.flushFull(output);
      out.begin(time == Timeline.END ? side.rows().rowtime(row) : time, position);
      out.fill(input, side.rows(), row);
      out.fillWithNulls(1 - input);
    }
    side.rows().remove(row);
  }
}
