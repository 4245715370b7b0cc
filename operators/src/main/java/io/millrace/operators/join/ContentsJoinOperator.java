package io.millrace.operators.join;

import io.millrace.operators.join.ContentsJoinSpec.Contents;
import io.millrace.operators.join.WithinJoinSpec.Unmatched;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Keeps what is in the windows of both sides. Sorted, the changes of both are put together by time:
 * at one moment first what time takes away, then the events of the left side, each with what leaves
 * for it, then those of the right one.
 */
final class ContentsJoinOperator implements Operator {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private final ContentsJoinSpec spec;
  private final KernelLoader loader;
  private final JoinSide[] sides;
  private final Contents[] contents;
  private final Column[] keys;
  private final LongColumn identity = new LongColumn(1);
  private final Column[] identities = {identity};
  private JoinRows[] rows;
  private TimedChanges[] changes = new TimedChanges[0];
  private LongValue count;
  private Timeline merged;
  private TurnOfTwo turn;
  private JoinedRows out;

  ContentsJoinOperator(ContentsJoinSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.sides = new JoinSide[] {spec.left(), spec.right()};
    this.contents = new Contents[] {spec.ofLeft(), spec.ofRight()};
    this.keys = new Column[spec.left().keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> number = List.of(DataType.BIGINT);
    rows =
        new JoinRows[] {
          new JoinRows("left", sides[LEFT], number, context),
          new JoinRows("right", sides[RIGHT], number, context)
        };
    count = context.state().longValue("count");
    merged = context.outputTimeline();
    turn = new TurnOfTwo(sides[LEFT], sides[RIGHT], LEFT, context.outputTimeline());
    out =
        new JoinedRows(spec.output(), spec.left(), spec.right(), spec.condition(), loader, context);
    if (spec.isSorted()) {
      changes =
          new TimedChanges[] {
            new TimedChanges("left-held", sides[LEFT].input(), context),
            new TimedChanges("right-held", sides[RIGHT].input(), context)
          };
    }
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (spec.isSorted()) {
      hold(input, batch, output);
    } else {
      turn.add(input, batch);
    }
  }

  /**
   * Holds rows until their order is certain. One that enters behind its own watermark is late; one
   * that leaves does so all the same.
   */
  private void hold(int input, Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      long time = batch.rowtimes()[row];
      long seen = seen(batch, row);
      if (batch.kind(row) == RowKind.DELETE) {
        changes[input].add(batch, row, Math.max(time, seen));
      } else if (time < seen) {
        output.late(input, batch, row);
      } else {
        changes[input].add(batch, row, time);
      }
    }
  }

  /** The watermark by which a row is late: also that of the others, if they did not wait for it. */
  private long seen(Batch batch, int row) {
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    Timeline own = batch.lateness();
    if (advance < 0) {
      return own.beforeFirst();
    }
    long seen = own.before(advance);
    return spec.leavesOutIdle() ? Math.max(seen, merged.before(advance)) : seen;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        if (spec.isSorted()) {
          release(timeline, output);
        } else {
          takeTurn(output);
        }
      } finally { // what goes before a failure goes in this turn
        out.flush(output);
        turn.clear();
      }
    }
    return false;
  }

  private void takeTurn(Output output) {
    for (int input = turn.next(); input >= 0; input = turn.next()) {
      int row = turn.take(input);
      take(input, turn.batch(input, row), row, output);
    }
  }

  /** Takes what is due at each advance: all before the watermark, for more of its time may come. */
  private void release(Timeline merged, Output output) {
    int next = 0;
    while (!(changes[LEFT].isEmpty() && changes[RIGHT].isEmpty())) {
      long first = Math.min(changes[LEFT].firstTime(), changes[RIGHT].firstTime());
      int at = merged.firstReaching(first == Timeline.END ? first : first + 1, next);
      if (at > merged.length()) {
        return;
      }
      long reached = merged.before(at);
      long upTo = reached == Timeline.END ? reached : reached - 1;
      int position = Timeline.ofAdvance(at);
      changes[LEFT].begin(upTo, position);
      changes[RIGHT].begin(upTo, position);
      takeDue(output);
      next = at;
    }
  }

  private void takeDue(Output output) {
    Batch left = changes[LEFT].batch();
    Batch right = changes[RIGHT].batch();
    while (changes[LEFT].hasNext() || changes[RIGHT].hasNext()) {
      int input = isLeftNext() ? LEFT : RIGHT;
      RowKind kind = changes[input].nextKind();
      int row = changes[input].take();
      Batch batch = input == LEFT ? left : right;
      if (kind == RowKind.DELETE) {
        leave(input, batch, row, output);
      } else {
        arrive(input, batch, row, output);
      }
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
    return contents[input].sizeMillis() > 0 && changes[input].nextKind() == RowKind.DELETE;
  }

  private void take(int input, Batch batch, int row, Output output) {
    if (batch.kind(row) == RowKind.DELETE) {
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
      sendAlone(input, batch, row, output);
    }
    if (hasKey && contents[input].isHeld()) {
      count.set(count.get() + 1);
      identity.put(0, count.get());
      int added = rows[input].add(batch, row, identities, 0, Timeline.NEVER);
      if (isMatched) {
        rows[input].match(added);
      }
    }
  }

  /** Sends what a row becomes with those of the other side; whether there are any. */
  private boolean meet(int input, Batch batch, int row, Output output) {
    JoinRows others = rows[1 - input];
    long stay = contents[1 - input].sizeMillis();
    boolean isMatched = false;
    JoinedRows.keys(sides[input], batch, keys);
    int candidate = others.first(keys, row);
    while (candidate != JoinRows.NONE) {
      boolean isThere =
          stay == 0
              || WithinJoinSpec.latest(others.rowtime(candidate), stay) > batch.rowtimes()[row];
      if (isThere && join(input, batch, row, candidate, output)) {
        isMatched = true;
      }
      candidate = others.next(candidate);
    }
    return isMatched;
  }

  private boolean join(int input, Batch batch, int row, int candidate, Output output) {
    JoinRows others = rows[1 - input];
    long rowtime = Math.max(batch.rowtimes()[row], others.rowtime(candidate));
    begin(input, batch, row, candidate, rowtime, RowKind.INSERT, output);
    if (!out.isMeant(output)) {
      out.drop();
      return false;
    }
    if (sides[1 - input].isOuter() && !others.isMatched(candidate)) {
      if (spec.unmatched() == Unmatched.AT_ONCE_AND_RETRACTED) {
        out.drop();
        out.begin(batch, row, rowtime, RowKind.DELETE);
        out.fill(1 - input, others, candidate);
        out.fillWithNulls(input);
        begin(input, batch, row, candidate, rowtime, RowKind.INSERT, output);
      }
      others.match(candidate);
    }
    return true;
  }

  private void begin(
      int input, Batch batch, int row, int candidate, long rowtime, RowKind kind, Output output) {
    out.flushFull(output);
    out.begin(batch, row, rowtime, kind);
    out.fill(input, batch, row);
    out.fill(1 - input, rows[1 - input], candidate);
  }

  private void sendAlone(int input, Batch batch, int row, Output output) {
    out.flushFull(output);
    out.begin(batch, row, batch.rowtimes()[row], RowKind.INSERT);
    out.fill(input, batch, row);
    out.fillWithNulls(1 - input);
  }

  /** Takes a row away that leaves, at the moment at which it does. */
  private void leave(int input, Batch batch, int row, Output output) {
    boolean isMatched = false;
    if (JoinRows.hasKey(sides[input], batch, row)) {
      JoinedRows.keys(sides[input], batch, keys);
      int left = rows[input].first(keys, row);
      while (left != JoinRows.NONE && !rows[input].isSame(left, batch, row)) {
        left = rows[input].next(left);
      }
      if (left == JoinRows.NONE) {
        return; // it was late when it came
      }
      isMatched = rows[input].isMatched(left);
      rows[input].remove(left);
      if (spec.sendsContents()) {
        takeBack(input, batch, row, output);
      }
    }
    if (!isMatched && sides[input].isOuter() && spec.unmatched() == Unmatched.WHEN_GONE) {
      sendAlone(input, batch, row, output);
    }
  }

  /** Sends once more what a row had become that leaves, with those that are still there. */
  private void takeBack(int input, Batch batch, int row, Output output) {
    int candidate = rows[1 - input].first(keys, row);
    while (candidate != JoinRows.NONE) {
      long rowtime = batch.rowtimes()[row];
      begin(input, batch, row, candidate, rowtime, RowKind.DELETE, output);
      if (!out.wasMeant()) {
        out.drop();
      }
      candidate = rows[1 - input].next(candidate);
    }
  }
}
