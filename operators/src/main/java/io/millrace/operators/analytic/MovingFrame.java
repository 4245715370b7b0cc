package io.millrace.operators.analytic;

import io.millrace.operators.aggregate.FieldsFrom;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The aggregates of one frame in all partitions. In each it moves over the log of the partition's
 * rows: those from one to another are in its aggregates, counted from the first row of the log. A
 * row comes into them once and leaves them once, so what a row costs does not depend on how many
 * rows a frame holds.
 *
 * <p>A frame that ends with the row itself takes the row before it is in the log, since it may be
 * refused. Any other takes rows of the log, none of which it refuses.
 */
final class MovingFrame {
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int BOUNDS = 2;

  /** How many of its rows have a value, where that is counted. */
  private static final int VALUES = 2;

  private final FramedAggregates spec;
  private final FrameBounds bounds;
  private final int firstField;
  private final int[] inLog;
  private final Column[] logged;

  /** The arguments in the batch. */
  private final Column[] given;

  private final AggregateKernel kernel;
  private final RowErrors none = new RowErrors();
  private final SlotTable table;
  private final SlotTable fields;
  private final RowLog log;
  private final int[] one = new int[1];
  private int[] slots = new int[0];

  /**
   * @param firstField where its fields begin in the table
   * @param inLog where its arguments are in the log
   */
  MovingFrame(
      FramedAggregates spec,
      int firstField,
      int[] inLog,
      SlotTable table,
      RowLog log,
      KernelLoader loader,
      EvaluationContext evaluation) {
    this.spec = spec;
    this.bounds = spec.bounds();
    this.firstField = firstField;
    this.inLog = inLog;
    this.logged = new Column[inLog.length];
    this.given = new Column[spec.arguments().size() + (spec.program().isOrdered() ? 2 : 0)];
    this.table = table;
    this.fields =
        new FieldsFrom(table, firstField + BOUNDS + (spec.bounds().countsValues() ? 1 : 0));
    this.log = log;
    this.kernel = loader.load(spec.program().kernel(), evaluation);
  }

  /** The fields that the frame of a number has in the table of partitions. */
  static List<StateType> fields(FramedAggregates spec, int number) {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("frame " + number + " from", DataType.BIGINT));
    fields.add(StateType.of("frame " + number + " to", DataType.BIGINT));
    if (spec.bounds().countsValues()) {
      fields.add(StateType.of("frame " + number + " values", DataType.BIGINT));
    }
    for (StateType field : spec.program().fields()) {
      fields.add(field.named("frame " + number + " " + field.name()));
    }
    return fields;
  }

  FrameBounds bounds() {
    return bounds;
  }

  /** How many columns its aggregates have. */
  int width() {
    return spec.program().results().size();
  }

  /** Takes the arrays of the table. */
  void bind() {
    kernel.bind(fields);
  }

  /** Takes the arguments of a batch, whose rows come next. */
  void of(Batch batch, LogColumns columns) {
    columns.argumentsIn(batch, spec, given);
  }

  private long[] field(int index) {
    return ((LongColumn) table.field(firstField + index)).values();
  }

  /**
   * Takes a row that will have an ordinal, after the rows before its frame have left; false if it
   * is refused, and leaves no trace.
   */
  boolean take(int row, int slot, int number, long ordinal, RowErrors errors) {
    if (!bounds.isUnbounded()) {
      long first = log.first(number);
      long from = first + field(FROM)[slot];
      while (from < ordinal && from < ordinal + bounds.start()) {
        remove(slot, number, from++);
      }
      field(FROM)[slot] = from - first;
    }
    int before = errors.size();
    kernel.add(given, row, row + 1, slotsAt(row, slot), errors);
    return errors.size() == before;
  }

  /** Takes a row back that was taken last, and will not be in the log. */
  void giveBack(int slot, int number, long ordinal) {
    kernel.reset(slot);
    for (long i = log.first(number) + field(FROM)[slot]; i < ordinal; i++) {
      addBack(slot, number, i);
    }
  }

  /** Moves over the log to the frame of a row. */
  void moveTo(int slot, int number, long ordinal, long time) {
    if (bounds.countsValues()) {
      moveBehind(slot, number, ordinal);
      return;
    }
    long first = log.first(number);
    long end = log.end(number);
    long to = first + field(TO)[slot];
    while (to < end && !isBehind(number, to, ordinal, time)) {
      add(slot, number, to++);
    }
    field(TO)[slot] = to - first;
    if (!bounds.isUnbounded()) {
      long from = first + field(FROM)[slot];
      while (from < to && isBefore(number, from, ordinal, time)) {
        remove(slot, number, from++);
      }
      field(FROM)[slot] = from - first;
    }
  }

  /** Moves to the rows behind one, up to that with the last value or the last that there is. */
  private void moveBehind(int slot, int number, long ordinal) {
    long first = log.first(number);
    long from = first + field(FROM)[slot];
    long to = first + field(TO)[slot];
    for (; from < to && from <= ordinal; from++) {
      field(VALUES)[slot] -= values(number, from);
      remove(slot, number, from);
    }
    from = Math.max(from, ordinal + 1);
    to = Math.max(to, from);
    for (; to < log.end(number) && field(VALUES)[slot] < bounds.end(); to++) {
      field(VALUES)[slot] += values(number, to);
      add(slot, number, to);
    }
    field(FROM)[slot] = from - first;
    field(TO)[slot] = to - first;
  }

  /** 1 if a row has a value that is counted, else 0. */
  private int values(int number, long ordinal) {
    Column counted = log.columns(number, ordinal)[inLog[0]];
    return counted.isNull(log.index(number, ordinal)) ? 0 : 1;
  }

  /** Whether all values that a row's frame counts are there; moves to it. */
  boolean fills(int slot, int number, long ordinal) {
    moveBehind(slot, number, ordinal);
    return field(VALUES)[slot] == bounds.end();
  }

  private boolean isBehind(int number, long other, long ordinal, long time) {
    return bounds.isRows()
        ? other > ordinal + bounds.end()
        : bounds.isBehind(log.time(number, other), time);
  }

  private boolean isBefore(int number, long other, long ordinal, long time) {
    return bounds.isRows()
        ? other < ordinal + bounds.start()
        : bounds.isBefore(log.time(number, other), time);
  }

  private void add(int slot, int number, long ordinal) {
    if (spec.program().updates() == Updates.RETRACT) {
      addBack(slot, number, ordinal);
    } else {
      int row = read(number, ordinal);
      kernel.add(logged, row, row + 1, slotsAt(row, slot), none);
    }
  }

  private void remove(int slot, int number, long ordinal) {
    int row = read(number, ordinal);
    kernel.remove(logged, row, slot);
  }

  private void addBack(int slot, int number, long ordinal) {
    int row = read(number, ordinal);
    kernel.addBack(logged, row, slot);
  }

  /** Takes the arguments of a row of the log, and gives where in them it is. */
  private int read(int number, long ordinal) {
    Column[] columns = log.columns(number, ordinal);
    for (int i = 0; i < inLog.length; i++) {
      logged[i] = columns[inLog[i]];
    }
    return log.index(number, ordinal);
  }

  private int[] slotsAt(int row, int slot) {
    if (slots.length <= row) {
      slots = new int[Math.max(row + 1, 2 * slots.length)];
    }
    slots[row] = slot;
    return slots;
  }

  /** How many rows of the log, from the first on, it does not read any more. */
  long done(int slot) {
    return field(bounds.isUnbounded() ? TO : FROM)[slot];
  }

  /** Says that so many rows have gone from the log. */
  void dropped(int slot, int rows) {
    if (!bounds.isUnbounded()) {
      field(FROM)[slot] -= rows;
    }
    if (!bounds.endsWithRow()) {
      field(TO)[slot] -= rows;
    }
  }

  /** Writes the results of a partition. */
  void results(int slot, Column[] out, int at) {
    one[0] = slot;
    kernel.results(one, 0, 1, out, at);
  }
}
