package io.millrace.operators.join;

import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;

/**
 * Joins rows as they come. A row meets those of the other side that are there, then waits for those
 * that come, until its bound and the grace have passed.
 *
 * <p>Whether two rows meet depends on them and on their own watermarks, not on which came first:
 * both are in time, and for each the other one's window was still open when it came. What the
 * merged watermark lets go, which is never ahead of those, has met all that it can.
 *
 * <p>Where the order is open in which rows of several source partitions come, they may be joined in
 * that of their times, when the watermark has passed these: so results come in one order. Rows of
 * the left side that are joined ones are in one order already, and behind by the bounds of their
 * join; if that has none, they are not waited for.
 */
final class WithinJoinOperator extends JoinOperator {
  private final WithinJoinSpec spec;
  private final Bounds bounds;
  private WithinSide[] sides;
  private WaitingSide[] waiting;

  /** Whether rows are joined in the order of their times, which is always the same. */
  private boolean isSorted;

  /** The first advance of this turn at which rows may leave: those before it have been seen to. */
  private int next;

  WithinJoinOperator(WithinJoinSpec spec, KernelLoader loader) {
    super(spec, LEFT, loader);
    this.spec = spec;
    this.bounds = spec.bounds();
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    sides =
        new WithinSide[] {
          WithinSide.left(spec.left(), bounds, context),
          WithinSide.right(spec.right(), bounds, context)
        };
    waiting =
        new WaitingSide[] {
          new WaitingSide("left", spec.left(), context),
          new WaitingSide("right", spec.right(), context)
        };
    isSorted = spec.isInTimeOrder() && context.isOrderOpen() && !bounds.isBehindForEver();
  }

  @Override
  void end(Timeline merged, Output output) {
    goOn(merged, merged.length(), output);
  }

  @Override
  void forgetTurn() {
    next = 0;
  }

  @Override
  void take(int input, Batch batch, int row, Timeline merged, Output output) {
    int position = batch.position(row);
    goOn(merged, Timeline.lastAdvanceBefore(position), output);
    long reached = batch.reached(row, merged);
    if (Timeline.ofAdvance(next) == position) { // before the row, of what its advance brings about
      moveTo(reached, merged, position, output);
    }
    long seen = batch.seen(row);
    long watermark = spec.leavesOutIdle() ? Math.max(seen, reached) : seen;
    if (isLate(input, due(input, batch, row), watermark)) {
      output.late(input, batch.timelines(merged, batch.lateness()), row);
    } else if (!isSorted) {
      join(input, batch, row, watermark, reached, merged, output);
    } else if (waiting[input].size() >= spec.limit().rows()) {
      refuse(input, batch, row, merged, output);
    } else {
      waiting[input].add(batch, row, watermark);
    }
  }

  /** When a row leaves that comes now. */
  private long due(int input, Batch batch, int row) {
    long time = sides[input].time(batch, row);
    return time == Timeline.NEVER ? batch.rowtimes()[row] : sides[input].due(time);
  }

  /**
   * Joins a row that is not late.
   *
   * @param watermark what it has seen of its own watermark
   * @param reached how far time is: what is due by then has left
   */
  private void join(
      int input,
      Batch batch,
      int row,
      long watermark,
      long reached,
      Timeline merged,
      Output output) {
    WithinSide side = sides[input];
    long time = side.time(batch, row);
    long due = due(input, batch, row);
    boolean mayMeet = time != Timeline.NEVER && JoinRows.hasKey(side.spec(), batch, row);
    boolean waits = side.spec().isOuter() && spec.unmatched() == Unmatched.WHEN_GONE;
    boolean mayStay = due > reached && (mayMeet || waits);
    if (mayStay && side.rows().size() >= spec.limit().rows()) {
      refuse(input, batch, row, merged, output);
      return;
    }
    boolean isMatched = mayMeet && meet(input, batch, row, time, due, watermark, output);
    boolean isUnmatched = !isMatched && side.spec().isOuter();
    boolean isSent = isUnmatched && spec.unmatched() != Unmatched.WHEN_GONE;
    if (isSent) {
      out().sendAlone(input, batch, row, batch.rowtimes()[row], output);
    }
    long leaves = Math.max(due, batch.rowtimes()[row]);
    if (due <= reached) {
      if (isUnmatched && !isSent) {
        out().sendAlone(input, batch, row, leaves, output);
      }
    } else if (mayMeet || (isUnmatched && !isSent)) {
      int added = side.add(batch, row, watermark, leaves);
      if (isMatched && side.spec().isOuter()) {
        side.rows().match(added);
      }
    }
  }

  private void refuse(int input, Batch batch, int row, Timeline merged, Output output) {
    if (!spec.limit().isLateBeyond()) {
      throw spec.limit().exceededWithin();
    }
    output.late(input, batch.timelines(merged, batch.lateness()), row);
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
    WithinSide other = sides[1 - input];
    JoinRows others = other.rows();
    boolean isMatched = false;
    int candidate = others.first(keys(input, batch), row);
    while (candidate != JoinRows.NONE) {
      long theirs = other.time(candidate);
      if (bounds.isBeyond(input == LEFT, time, theirs)) {
        break; // and so are those behind it
      }
      boolean isNear = input == LEFT ? bounds.areNear(time, theirs) : bounds.areNear(theirs, time);
      if (isNear && watermark < other.due(theirs) && others.seen(candidate) < due) {
        long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(candidate));
        isMatched |= out().join(input, batch, row, others, candidate, rowtime, output);
      }
      candidate = others.next(candidate);
    }
    return isMatched;
  }

  /** Lets happen what is due at the advances up to {@code to}. */
  private void goOn(Timeline merged, int to, Output output) {
    while (next <= to && !isEmpty()) {
      int at = merged.firstReaching(firstDue(merged), next);
      if (at > to) {
        break;
      }
      long reached = merged.before(at);
      moveTo(reached, merged, Timeline.ofAdvance(at), output);
      next = at;
    }
    next = Math.max(next, to + 1);
  }

  /** Lets happen what is due up to a time. */
  private void moveTo(long reached, Timeline merged, int position, Output output) {
    if (reached != Timeline.NEVER) {
      takeUpTo(isFinal(merged, reached) ? reached : reached - 1, merged, position, output);
      leaveUpTo(reached, merged, position, output);
    }
  }

  private boolean isEmpty() {
    return sides[LEFT].isEmpty()
        && sides[RIGHT].isEmpty()
        && waiting[LEFT].isEmpty()
        && waiting[RIGHT].isEmpty();
  }

  private long firstDue(Timeline merged) {
    long leaving = Math.min(sides[LEFT].next(), sides[RIGHT].next());
    long coming = Math.min(waiting[LEFT].next(), waiting[RIGHT].next());
    return Math.min(leaving, isFinal(merged, coming) ? coming : coming + 1);
  }

  /** Whether no more rows of a time come once the watermark is there. */
  private static boolean isFinal(Timeline merged, long time) {
    return merged.settlesOwnTime() || time == Timeline.END;
  }

  /** Joins the rows whose turn it is, each behind what leaves before it. */
  private void takeUpTo(long time, Timeline merged, int position, Output output) {
    while (!waiting[LEFT].isEmpty() || !waiting[RIGHT].isEmpty()) {
      int input = waiting[RIGHT].next() < waiting[LEFT].next() ? RIGHT : LEFT;
      input = waiting[input].isEmpty() ? 1 - input : input;
      long now = waiting[input].next();
      if (now > time) {
        return;
      }
      leaveUpTo(now, merged, position, output);
      Batch batch = waiting[input].take(position, merged);
      join(input, batch, 0, waiting[input].seen(), now, merged, output);
    }
  }

  /** By the times at which they leave, at one time those of the left side first. */
  private void leaveUpTo(long reached, Timeline merged, int position, Output output) {
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
      leave(input, row, time, merged, position, output);
    }
  }

  private void leave(int input, int row, long time, Timeline merged, int position, Output output) {
    WithinSide side = sides[input];
    if (side.spec().isOuter()
        && spec.unmatched() == Unmatched.WHEN_GONE
        && !side.rows().isMatched(row)) {
      long rowtime = time == Timeline.END ? side.rows().rowtime(row) : time;
      long moment = merged.momentOfDeadline(time);
      out().sendAlone(input, side.rows(), row, rowtime, position, moment, output);
    }
    side.rows().remove(row);
  }
}
