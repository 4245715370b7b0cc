package io.millrace.operators.join;

import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
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
    boolean isTakingBack = batch.kind(row) == RowKind.DELETE;
    if (!isTakingBack && isLate(input, due(input, batch, row), watermark)) {
      output.late(input, batch.timelines(merged, batch.lateness()), row);
    } else if (!isSorted) {
      join(input, batch, row, watermark, reached, merged, output);
    } else if (!isTakingBack && waiting[input].size() >= spec.limit().rows()) {
      refuse(input, batch, row, merged, output);
    } else {
      waiting[input].add(batch, row, watermark);
    }
  }

  /** Behind which time a row that comes now meets none. */
  private long due(int input, Batch batch, int row) {
    long time = sides[input].time(batch, row);
    return time == Timeline.NEVER ? batch.rowtimes()[row] : sides[input].due(time);
  }

  /**
   * Joins a row that is not late, or takes one back.
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
    out().settleBefore(batch, row, output);
    if (batch.kind(row) == RowKind.DELETE) {
      takeBack(input, batch, row, output);
      return;
    }
    WithinSide side = sides[input];
    long time = side.time(batch, row);
    long due = due(input, batch, row);
    long leaves = side.leaves(due, batch.rowtimes()[row]);
    boolean mayMeet = mayMeet(input, batch, row);
    boolean waits = side.spec().isOuter() && spec.unmatched() == Unmatched.WHEN_GONE;
    boolean isBehind = (side.spec().isTakenBack() ? leaves : due) <= reached;
    boolean mayStay = !isBehind && (mayMeet || waits);
    if (mayStay && side.size() >= spec.limit().rows()) {
      refuse(input, batch, row, merged, output);
      return;
    }
    int matches = mayMeet ? meet(input, batch, row, time, due, watermark, output) : 0;
    boolean isUnmatched = matches == 0 && side.spec().isOuter();
    boolean isSent = isUnmatched && spec.unmatched() != Unmatched.WHEN_GONE;
    if (isSent) {
      out().sendAlone(input, batch, row, batch.rowtimes()[row], RowKind.INSERT, output);
    }
    if (isBehind) {
      if (isUnmatched && !isSent) {
        out().sendAlone(input, batch, row, leaves, RowKind.INSERT, output);
      }
    } else if (mayMeet || (isUnmatched && !isSent)) {
      int added = side.add(batch, row, watermark, leaves);
      if (matches > 0 && side.spec().isOuter()) {
        side.rows().match(added, matches);
      }
    }
  }

  private boolean mayMeet(int input, Batch batch, int row) {
    WithinSide side = sides[input];
    return side.time(batch, row) != Timeline.NEVER && JoinRows.hasKey(side.spec(), batch, row);
  }

  /**
   * Takes back what has been sent for a row with these values: it is there, and so are all that it
   * has met, as the watermark is behind by what its join may still send. If it is not, it was late.
   */
  private void takeBack(int input, Batch batch, int row, Output output) {
    WithinSide side = sides[input];
    if (!mayMeet(input, batch, row)) {
      if (side.spec().isOuter()) {
        long now = batch.rowtimes()[row];
        out().sendAlone(input, batch, row, now, RowKind.DELETE, output);
      }
      return;
    }
    int held = side.rows().findSame(batch, row);
    if (held == JoinRows.NONE) {
      return;
    }
    if (side.spec().isOuter() && !side.rows().isMatched(held)) {
      out().takeBackAlone(input, batch, row, held, output);
    }
    long time = side.time(held);
    takeBackPairs(input, batch, row, time, side.rows().seen(held), output);
    side.takeBack(held);
  }

  private void takeBackPairs(int input, Batch batch, int row, long time, long seen, Output output) {
    JoinRows others = sides[1 - input].rows();
    long due = sides[input].due(time);
    int met = others.first(keys(input, batch), row);
    for (met = partner(input, time, due, seen, met);
        met != JoinRows.NONE;
        met = partner(input, time, due, seen, others.next(met))) {
      long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(met));
      boolean wasSent = out().takeBack(input, batch, row, others, met, rowtime, output);
      if (wasSent && sides[1 - input].spec().isOuter()) {
        out().part(input, batch, row, others, met, rowtime);
      }
    }
  }

  private void refuse(int input, Batch batch, int row, Timeline merged, Output output) {
    if (sides[input].spec().isTakenBack()) { // what takes a refused row back would not be known
      throw spec.limit().exceededByTakenBack();
    }
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

  /** Sends what a row becomes with those of the other side; how many it has met. */
  private int meet(
      int input, Batch batch, int row, long time, long due, long watermark, Output output) {
    JoinRows others = sides[1 - input].rows();
    int matches = 0;
    int met = others.first(keys(input, batch), row);
    for (met = partner(input, time, due, watermark, met);
        met != JoinRows.NONE;
        met = partner(input, time, due, watermark, others.next(met))) {
      long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(met));
      matches += out().join(input, batch, row, others, met, rowtime, output) ? 1 : 0;
    }
    return matches;
  }

  /**
   * The first of the other side's rows, from one of its chain on, that is near a row's time, and
   * was there when that came or came while that was there; {@link JoinRows#NONE} if there is none.
   *
   * @param watermark what the row has seen of its own watermark
   */
  private int partner(int input, long time, long due, long watermark, int from) {
    WithinSide other = sides[1 - input];
    JoinRows others = other.rows();
    for (int row = from; row != JoinRows.NONE; row = others.next(row)) {
      long theirs = other.time(row);
      if (bounds.isBeyond(input == LEFT, time, theirs)) {
        return JoinRows.NONE; // and so are those behind it
      }
      boolean isNear = input == LEFT ? bounds.areNear(time, theirs) : bounds.areNear(theirs, time);
      if (isNear && watermark < other.due(theirs) && others.seen(row) < due) {
        return row;
      }
    }
    return JoinRows.NONE;
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
      long moment = merged.momentOfDeadline(time, position);
      out().sendAlone(input, side.rows(), row, rowtime, position, moment, output);
    }
    side.remove(row);
  }
}
