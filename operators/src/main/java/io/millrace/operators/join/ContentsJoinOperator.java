package io.millrace.operators.join;

import io.millrace.operators.join.ContentsJoinSpec.Contents;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;

/**
 * Keeps what is in the windows of both sides. Sorted, the changes of both are put together by time:
 * at one moment first what time takes away, then the events of the left side, each with what leaves
 * for it, then those of the right one. A row that is late, or for which there is no room, is in its
 * window all the same: that it leaves is no news then.
 */
final class ContentsJoinOperator extends JoinOperator {
  private final ContentsJoinSpec spec;
  private final JoinSide[] sides;
  private final Contents[] contents;
  private JoinRows[] rows;
  private TimedChanges[] changes = new TimedChanges[0];

  /** Of each side, sorted, the rows that are in its window and not taken here. */
  private RefusedRows[] refused = new RefusedRows[0];

  private Timeline watermark;

  /** The first advance of this turn at which held rows may be due: those before it are done. */
  private int next;

  ContentsJoinOperator(ContentsJoinSpec spec, KernelLoader loader) {
    super(spec, LEFT, loader);
    this.spec = spec;
    this.sides = new JoinSide[] {spec.left(), spec.right()};
    this.contents = new Contents[] {spec.ofLeft(), spec.ofRight()};
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    rows =
        new JoinRows[] {
          JoinRows.counted("left", sides[LEFT], context),
          JoinRows.counted("right", sides[RIGHT], context)
        };
    watermark = context.outputTimeline();
    if (spec.isSorted()) {
      changes =
          new TimedChanges[] {
            new TimedChanges("left-held", sides[LEFT].input(), context),
            new TimedChanges("right-held", sides[RIGHT].input(), context)
          };
      refused =
          new RefusedRows[] {
            new RefusedRows("left", sides[LEFT], context),
            new RefusedRows("right", sides[RIGHT], context)
          };
    }
  }

  @Override
  void take(int input, Batch batch, int row, Timeline merged, Output output) {
    if (spec.isSorted()) {
      release(merged, Timeline.lastAdvanceBefore(batch.position(row)), output);
      hold(input, batch, row, merged, output);
    } else {
      take(input, batch, row, batch.kind(row), output);
    }
  }

  /**
   * Holds a row until its order is certain. One that enters behind its own watermark is late, and
   * may be if there is no room for it; one that leaves has to be told in any case.
   */
  private void hold(int input, Batch batch, int row, Timeline merged, Output output) {
    boolean isLeaving = batch.kind(row) == RowKind.DELETE;
    if (isLeaving && refused[input].remove(batch, row)) {
      return;
    }
    long time = batch.rowtimes()[row];
    long least = least(batch, row);
    boolean isFull = changes[input].size() >= spec.limit().rows();
    if (isFull && !spec.limit().isLateBeyond() && (isLeaving || time >= least)) {
      throw spec.limit().exceededByWindows();
    }
    if (!isLeaving && (isFull || time < least)) {
      output.late(input, batch.timelines(merged, batch.lateness()), row);
      if (contents[input].isHeld()) {
        refused[input].add(batch, row);
      }
    } else {
      changes[input].add(batch, row, Math.max(time, least));
    }
  }

  /** What a row must not be before: also the watermark of the others, if they did not wait. */
  private long least(Batch batch, int row) {
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    return spec.leavesOutIdle() && advance >= 0
        ? Math.max(batch.seen(row), batch.seen(row, watermark))
        : batch.seen(row);
  }

  @Override
  void end(Timeline merged, Output output) {
    if (spec.isSorted()) {
      release(merged, merged.length(), output);
    }
  }

  @Override
  void forgetTurn() {
    next = 0;
  }

  /**
   * Takes what is due at each advance up to {@code to}: all before the watermark, for more of its
   * time may come.
   */
  private void release(Timeline merged, int to, Output output) {
    while (next <= to && !(changes[LEFT].isEmpty() && changes[RIGHT].isEmpty())) {
      long first = Math.min(changes[LEFT].firstTime(), changes[RIGHT].firstTime());
      int at = merged.firstReaching(first == Timeline.END ? first : first + 1, next);
      if (at > to) {
        break;
      }
      long reached = merged.before(at);
      long upTo = reached == Timeline.END ? reached : reached - 1;
      int position = Timeline.ofAdvance(at);
      changes[LEFT].begin(upTo, position);
      changes[RIGHT].begin(upTo, position);
      takeDue(output);
      next = at;
    }
    next = Math.max(next, to + 1);
  }

  private void takeDue(Output output) {
    Batch left = changes[LEFT].batch();
    Batch right = changes[RIGHT].batch();
    while (changes[LEFT].hasNext() || changes[RIGHT].hasNext()) {
      int input = isLeftNext() ? LEFT : RIGHT;
      RowKind kind = changes[input].nextKind();
      int row = changes[input].take();
      take(input, input == LEFT ? left : right, row, kind, output);
    }
  }

  private boolean isLeftNext() {
    if (!changes[LEFT].hasNext() || !changes[RIGHT].hasNext()) {
      return changes[LEFT].hasNext();
    }
    long left = changes[LEFT].nextTime();
    long right = changes[RIGHT].nextTime();
    boolean isRightTaken = isTaken(RIGHT) && !isTaken(LEFT);
    return left < right || (left == right && !isRightTaken);
  }

  /** Whether the next row of a side leaves by itself, because its time is over. */
  private boolean isTaken(int input) {
    return changes[input].nextKind() == RowKind.DELETE && contents[input].isOver(changes[input]);
  }

  private void take(int input, Batch batch, int row, RowKind kind, Output output) {
    if (kind == RowKind.DELETE) {
      leave(input, batch, row, output);
    } else {
      arrive(input, batch, row, output);
    }
  }

  private void arrive(int input, Batch batch, int row, Output output) {
    boolean hasKey = JoinRows.hasKey(sides[input], batch, row);
    boolean isMatched = hasKey && contents[input].triggers() && meet(input, batch, row, output);
    boolean isAtOnce = !contents[input].isHeld() || spec.unmatched() != Unmatched.WHEN_GONE;
    if (!isMatched && sides[input].isOuter() && isAtOnce) {
      out().sendAlone(input, batch, row, batch.rowtimes()[row], RowKind.INSERT, output);
    }
    if (hasKey && contents[input].isHeld()) {
      int added = rows[input].add(batch, row, Timeline.NEVER);
      if (isMatched) {
        rows[input].match(added, 1);
      }
    }
  }

  /** Sends what a row becomes with those of the other side; whether there are any. */
  private boolean meet(int input, Batch batch, int row, Output output) {
    JoinRows others = rows[1 - input];
    Contents ofOthers = contents[1 - input];
    boolean isMatched = false;
    int candidate = others.first(keys(input, batch), row);
    while (candidate != JoinRows.NONE) {
      if (ofOthers.end(others, candidate) > batch.rowtimes()[row]) {
        long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(candidate));
        isMatched |= out().join(input, batch, row, others, candidate, rowtime, output);
      }
      candidate = others.next(candidate);
    }
    return isMatched;
  }

  /** Takes a row away that leaves, at the moment at which it does. */
  private void leave(int input, Batch batch, int row, Output output) {
    boolean isMatched = false;
    if (JoinRows.hasKey(sides[input], batch, row)) {
      int left = rows[input].findSame(batch, row);
      if (left == JoinRows.NONE) {
        return; // it was late when it came, which was not remembered at first
      }
      isMatched = rows[input].isMatched(left);
      rows[input].remove(left);
      if (spec.sendsContents()) {
        takeBack(input, batch, row, output);
      }
    }
    if (!isMatched && sides[input].isOuter() && spec.unmatched() == Unmatched.WHEN_GONE) {
      out().sendAlone(input, batch, row, batch.rowtimes()[row], RowKind.INSERT, output);
    }
  }

  /** Sends once more what a row had become that leaves, with those that are still there. */
  private void takeBack(int input, Batch batch, int row, Output output) {
    JoinRows others = rows[1 - input];
    int candidate = others.first(keys(input, batch), row);
    while (candidate != JoinRows.NONE) {
      out().takeBack(input, batch, row, others, candidate, batch.rowtimes()[row], output);
      candidate = others.next(candidate);
    }
  }
}
