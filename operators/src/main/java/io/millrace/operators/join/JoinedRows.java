package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a join sends: the columns of its first side, then those of its second. A row is
 * begun at a moment and position, its halves are filled in, those without a row with NULLs, and it
 * stays or is dropped.
 */
final class JoinedRows {
  private final int[] first;
  private final int[] widths;
  private final int batchSize;
  private final Timeline timeline;
  private final RowBuffer rows;
  private final @Nullable RowPredicate condition;
  private final RowErrors errors = new RowErrors();

  /** By what the rows that are there are late in the result. */
  private Timeline lateness;

  JoinedRows(
      Schema output,
      JoinSide left,
      JoinSide right,
      @Nullable JoinCondition condition,
      KernelLoader loader,
      OperatorContext context) {
    this.first = new int[] {0, left.width()};
    this.widths = new int[] {left.width(), right.width()};
    this.batchSize = context.batchSize();
    this.timeline = context.outputTimeline();
    this.lateness = timeline;
    this.rows = new RowBuffer(output, batchSize, timeline);
    this.condition =
        condition == null ? null : loader.load(condition.predicate(), context.evaluation());
  }

  /** Says by what the rows are late that follow: by the watermark itself, unless this is said. */
  void lateBy(Timeline own, Output output) {
    if (own != lateness) {
      flush(output);
      lateness = own;
    }
  }

  /** Begins a row that a row of an input has brought about. */
  void begin(Batch cause, int row, long rowtime, RowKind kind) {
    rows.appendFor(cause, row, rowtime, kind);
  }

  /** Begins a row that an advance of time has brought about. */
  void begin(long rowtime, int position) {
    rows.append(rowtime, position);
  }

  /** Fills in one half of the row that has been begun. */
  void fill(int side, Batch batch, int row) {
    int to = rows.size() - 1;
    for (int i = 0; i < widths[side]; i++) {
      rows.column(first[side] + i).copy(batch.column(i), row, to);
    }
  }

  /** Fills in one half of the row that has been begun. */
  void fill(int side, JoinRows held, int number) {
    held.copy(number, rows.columns(), first[side], rows.size() - 1);
  }

  /** Leaves one half of the row that has been begun without values. */
  void fillWithNulls(int side) {
    for (int i = 0; i < widths[side]; i++) {
      rows.column(first[side] + i).setNull(rows.size() - 1);
    }
  }

  /**
   * Whether the row that has been begun is one. One for which the condition fails is given away.
   */
  boolean isMeant(Output output) {
    RowPredicate test = condition;
    if (test == null) {
      return true;
    }
    Batch batch = rows.batch(timeline, lateness);
    boolean isTrue = test.test(batch, rows.size() - 1, errors);
    errors.giveTo(output, batch);
    return isTrue;
  }

  /** Whether the row that has been begun was one before; what fails has been told then. */
  boolean wasMeant() {
    RowPredicate test = condition;
    boolean isTrue =
        test == null || test.test(rows.batch(timeline, lateness), rows.size() - 1, errors);
    errors.clear();
    return isTrue;
  }

  /** Takes the row that has been begun back. */
  void drop() {
    rows.removeLast();
  }

  /** Sends what is there if it is a whole batch. */
  void flushFull(Output output) {
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

  /** The columns that say what belongs together, of a batch of one side. */
  static Column[] keys(JoinSide side, Batch batch, Column[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = batch.column(side.keys().get(i));
    }
    return into;
  }
}
