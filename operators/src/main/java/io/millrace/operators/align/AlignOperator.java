package io.millrace.operators.align;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the rows of the first input behind a mark until the others have given it too. A turn is
 * dealt with at its end, and sent when it is known how far its watermark goes. Rows that wait for
 * nothing leave at their own positions; what has been held, at that of the mark, or of the silence,
 * that it has waited for, rows that are no marks right behind it. The watermark stands still
 * meanwhile; but a row that was late when it came is late all the same.
 */
final class AlignOperator implements Operator {
  /** Stands for what is known before the rows of a turn. */
  private static final int BEFORE_ROWS = 0;

  private final AlignSpec spec;
  private final Schema marked;
  private HeldTimeline timeline;
  private HeldRows held;
  private ComingMarks others;

  /** How many marks of the first input there have been. */
  private LongValue marks;

  /** The greatest mark for which there was no room, less {@code NEVER}: it stops all the same. */
  private LongValue lost;

  /** The rows of this turn, with the watermarks by which they are late, and which are passed on. */
  private RowBuffer came;

  private long[] seen = new long[16];
  private long[] passed = new long[16];
  private TurnRows out;

  AlignOperator(AlignSpec spec) {
    this.spec = spec;
    List<Field> fields = new ArrayList<>(spec.output().fields());
    fields.add(new Field("MARK", DataType.BIGINT));
    this.marked = new Schema(fields);
  }

  @Override
  public void open(OperatorContext context) {
    timeline = (HeldTimeline) context.outputTimeline();
    held = new HeldRows(marked, context);
    others = new ComingMarks(spec, context, timeline);
    marks = context.state().longValue("marks");
    lost = context.state().longValue("lost");
    came = new RowBuffer(marked, 16, timeline);
    out = new TurnRows(spec.output(), timeline, context.batchSize());
    timeline.heldBy(held);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (input > 0) {
      others.add(input, batch);
      return;
    }
    int count = came.size() + batch.size();
    if (seen.length < count) {
      seen = Arrays.copyOf(seen, Math.max(count, 2 * seen.length));
      passed = Arrays.copyOf(passed, seen.length);
    }
    for (int row = 0; row < batch.size(); row++) {
      seen[came.size()] = batch.seen(row);
      passed[came.size()] = timeline.own(Timeline.lastAdvanceBefore(batch.position(row)));
      came.append(batch, row);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline all, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        takeTurn(all, output);
      } finally { // what goes before a row for which there is no room goes in this turn
        came.clear();
        others.endTurn();
        out.send(output);
        out.clear();
      }
    }
    return false;
  }

  private void takeTurn(Timeline all, Output output) {
    release(BEFORE_ROWS, Timeline.END);
    Batch rows = came.batch(all, all);
    for (int row = 0; row < rows.size(); row++) {
      takeMarksUpTo(rows.position(row));
      take(rows, row, output);
    }
    takeMarksUpTo(Integer.MAX_VALUE - 1);
  }

  private void takeMarksUpTo(int position) {
    for (int next = others.nextPosition(); next <= position; next = others.nextPosition()) {
      long moment = Timeline.NEVER;
      while (others.nextPosition() == next) {
        moment = timeline.moments().latest(moment, others.pass());
      }
      release(next, moment);
    }
  }

  /** Passes a row of the first input on, or holds it. */
  private void take(Batch rows, int row, Output output) {
    long number = Math.max(number(rows, row), lost.get() ^ Timeline.NEVER);
    if (!held.isHolding() && others.haveAll(number)) {
      lost.set(0);
      out.add(rows, row);
    } else if (held.size() >= spec.limit().rows()) {
      lost.set(number ^ Timeline.NEVER);
      refuse(rows, row, output);
    } else {
      hold(rows, row, number);
    }
  }

  /** The number of a mark; the smallest there is if the row is none. */
  private long number(Batch rows, int row) {
    LongColumn column = (LongColumn) rows.column(marked.size() - 1);
    if (column.isNull(row)) {
      return Timeline.NEVER;
    }
    if (!spec.isCounted()) {
      return column.values()[row];
    }
    marks.set(marks.get() + 1);
    return marks.get();
  }

  private void hold(Batch rows, int row, long number) {
    if (number != Timeline.NEVER) {
      lost.set(0);
      boolean isFirst = !held.isHolding();
      held.stop(number, passed[row]);
      if (isFirst) {
        timeline.stand(Timeline.lastAdvanceBefore(rows.position(row)) + 1, passed[row]);
      }
    }
    held.add(rows, row, seen[row]);
  }

  private void refuse(Batch rows, int row, Output output) {
    if (!spec.limit().isLateBeyond()) {
      throw spec.limit()
          .exceeded(
              "aligning '" + spec.streams().get(0) + "' with other inputs",
              "one of them has not given a mark that this one has given");
    }
    output.late(rows, row);
  }

  /**
   * Lets what is held go as far as the others allow it, at a position of the turn.
   *
   * @param moment that of the mark that allows it: see {@link Batch#moments}
   */
  private void release(int position, long moment) {
    boolean isReleased = false;
    int at = position;
    int behind = Timeline.ofAdvance((position + 1) / 2);
    while (held.isHolding() && others.haveAll(held.mark())) {
      while (held.next()) {
        at = held.isMark() ? at : behind;
        out.add(held, at, moment);
      }
      held.toNextStop();
      isReleased = true;
    }
    int next = Timeline.lastAdvanceBefore(position) + 1;
    if (isReleased && held.isHolding()) {
      timeline.stand(next, held.watermark());
    } else if (isReleased) {
      timeline.follow(next);
    }
  }
}
