package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a join sends: pairs, and rows alone, with NULLs in place of the other side's. Those
 * of the left side are 0, those of the right one 1.
 */
final class JoinedRows {
  private final JoinSide[] sides;

  /** By side where its columns begin. */
  private final int[] first;

  /** Whether what was sent without a match is taken back when there is one. */
  private final boolean retracts;

  /** Whether what is sent is from the source partition of the row that has brought it about. */
  private final boolean keepsLanes;

  private final int batchSize;
  private final Timeline timeline;
  private final RowBuffer rows;
  private final @Nullable RowPredicate condition;
  private final RowErrors errors = new RowErrors();

  private final PartedRows parted;

  /** By what the rows that are there are late in the result. */
  private Timeline lateness;

  JoinedRows(JoinSpec spec, KernelLoader loader, OperatorContext context) {
    this.sides = new JoinSide[] {spec.left(), spec.right()};
    this.first = new int[] {0, spec.left().width()};
    this.retracts = spec.unmatched() == Unmatched.AT_ONCE_AND_RETRACTED;
    this.keepsLanes = spec.answers().isPresent();
    this.batchSize = context.batchSize();
    this.timeline = context.outputTimeline();
    this.lateness = timeline;
    this.rows = new RowBuffer(spec.output(), batchSize, timeline);
    this.parted = new PartedRows(spec.output(), timeline);
    JoinCondition more = spec.condition();
    this.condition = more == null ? null : loader.load(more.predicate(), context.evaluation());
  }

  /** Says by what the rows are late that follow: by the watermark itself, unless this is said. */
  void lateBy(Timeline own, Output output) {
    if (own != lateness) {
      flush(output);
      lateness = own;
    }
  }

  /** Sends a row that has come without one of the other side, or takes it back. */
  void sendAlone(int side, Batch batch, int row, long rowtime, RowKind kind, Output output) {
    flushFull(output);
    appendFor(batch, row, rowtime, kind);
    fill(side, batch, row);
    fillWithNulls(1 - side);
  }

  /** Sends a row that is kept without one of the other side, or takes it back, because of one. */
  private void sendAlone(
      int side, JoinRows held, int number, Batch cause, int row, long rowtime, RowKind kind) {
    rows.appendFor(cause, row, rowtime, kind);
    fill(side, held, number);
    fillWithNulls(1 - side);
  }

  /**
   * Sends a row that is kept without one of the other side, at an advance of time.
   *
   * @param moment see {@link Batch#moments}
   */
  void sendAlone(
      int side, JoinRows held, int number, long rowtime, int position, long moment, Output output) {
    flushFull(output);
    rows.moment(rows.append(rowtime, position), moment);
    fill(side, held, number);
    fillWithNulls(1 - side);
  }

  /**
   * Sends a row that has come with one of the other side that is kept, unless the condition says
   * otherwise or fails; then the pair is given away. What the other one was sent alone is taken
   * back before.
   *
   * @return whether they belong together
   */
  boolean join(
      int side, Batch batch, int row, JoinRows others, int other, long rowtime, Output output) {
    begin(side, batch, row, others, other, rowtime, RowKind.INSERT, output);
    if (!isMeant(output)) {
      rows.removeLast();
      return false;
    }
    if (sides[1 - side].isOuter()) {
      boolean isFirst = !others.isMatched(other);
      if (isFirst && retracts && !parted.remove(1 - side, other)) {
        rows.removeLast();
        sendAlone(1 - side, others, other, batch, row, rowtime, RowKind.DELETE);
        begin(side, batch, row, others, other, rowtime, RowKind.INSERT, output);
      }
      if (isFirst || sides[side].isTakenBack()) {
        others.match(other, 1);
      }
    }
    return true;
  }

  /**
   * Sends a pair once more, as {@code -D}, if it was one; what fails has been told before.
   *
   * @return whether it was
   */
  boolean takeBack(
      int side, Batch batch, int row, JoinRows others, int other, long rowtime, Output output) {
    begin(side, batch, row, others, other, rowtime, RowKind.DELETE, output);
    RowPredicate test = condition;
    boolean wasSent =
        test == null || test.test(rows.batch(timeline, lateness), rows.size() - 1, errors);
    if (!wasSent) {
      rows.removeLast();
    }
    errors.clear();
    return wasSent;
  }

  /** Notes that a row is there no longer that another one had met, which may be alone again. */
  void part(int side, Batch batch, int row, JoinRows others, int other, long rowtime) {
    others.unmatch(other);
    if (!others.isMatched(other)) {
      sendAlone(1 - side, others, other, batch, row, rowtime, RowKind.INSERT);
      parted.add(1 - side, other, rows.batch(timeline, lateness), rows.size() - 1);
      rows.removeLast();
    }
  }

  /** Takes back what a row was sent alone, which it is not if it has only just been parted. */
  void takeBackAlone(int side, Batch batch, int row, int number, Output output) {
    if (!parted.remove(side, number)) {
      sendAlone(side, batch, row, batch.rowtimes()[row], RowKind.DELETE, output);
    }
  }

  /** Sends what has been parted, unless a row comes of the same position and moment. */
  void settleBefore(Batch batch, int row, Output output) {
    if (!parted.isEmpty() && !parted.areOfMomentOf(batch, row)) {
      settle(output);
    }
  }

  /** Sends what has been parted and is alone. */
  void settle(Output output) {
    if (!parted.isEmpty()) {
      Batch alone = parted.results();
      for (int result = 0; result < alone.size(); result++) {
        if (!parted.isRemoved(result)) {
          flushFull(output);
          rows.append(alone, result);
        }
      }
      parted.clear();
    }
  }

  private void begin(
      int side,
      Batch batch,
      int row,
      JoinRows others,
      int other,
      long rowtime,
      RowKind kind,
      Output output) {
    flushFull(output);
    appendFor(batch, row, rowtime, kind);
    fill(side, batch, row);
    fill(1 - side, others, other);
  }

  private void appendFor(Batch cause, int causeRow, long rowtime, RowKind kind) {
    int row = rows.appendFor(cause, causeRow, rowtime, kind);
    if (keepsLanes) {
      rows.lane(row, cause.lane(causeRow));
    }
  }

  private void fill(int side, Batch batch, int row) {
    int to = rows.size() - 1;
    for (int i = 0; i < sides[side].width(); i++) {
      rows.column(first[side] + i).copy(batch.column(i), row, to);
    }
  }

  private void fill(int side, JoinRows held, int number) {
    held.copy(number, rows.columns(), first[side], rows.size() - 1);
  }

  private void fillWithNulls(int side) {
    for (int i = 0; i < sides[side].width(); i++) {
      rows.column(first[side] + i).setNull(rows.size() - 1);
    }
  }

  /** Whether the condition holds of the last row. */
  private boolean isMeant(Output output) {
    RowPredicate test = condition;
    if (test == null) {
      return true;
    }
    Batch batch = rows.batch(timeline, lateness);
    boolean isTrue = test.test(batch, rows.size() - 1, errors);
    errors.giveTo(output, batch);
    return isTrue;
  }

  /** Sends what is there if it is a whole batch. */
  private void flushFull(Output output) {
    if (rows.size() >= batchSize) {
      flush(output);
    }
  }

  void flush(Output output) {
    if (!rows.isEmpty()) {
      output.emit(rows.batch(timeline, lateness));
      rows.clear();
    }
  }
}
