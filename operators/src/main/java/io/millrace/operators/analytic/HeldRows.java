package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows that several parts hold between them: the columns that are passed on and what the parts have
 * given so far. A row that has everything is complete, and is sent with the greatest of the times
 * at which parts gave something.
 */
final class HeldRows {
  static final String TABLE = "held";
  private static final String COUNTER = "rows_arrived";
  private static final int VERSION = 1;
  private static final int PARTITION = 0;
  private static final int CAUSE = 1;
  private static final int ARRIVAL = 2;
  private static final int MISSING = 3;
  private static final int TIME = 4;
  private static final int FIXED = 5;

  private final JointAnalyticSpec spec;
  private final SlotTable table;
  private final LongValue arrived;
  private final LongColumn keys = new LongColumn(0);
  private final Column[] key = {keys};
  private final List<Complete> complete = new ArrayList<>();
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;
  private final boolean ranksRows;
  private int[] slots = new int[0];
  private int[] numbers = new int[0];

  /** A row that has everything. */
  private record Complete(int number, long cause, long arrival) {
    static final Comparator<Complete> BY_ARRIVAL =
        Comparator.comparingLong(Complete::cause).thenComparingLong(Complete::arrival);
  }

  /**
   * @param partitions the name of a table of partitions: a row belongs where its partition is
   */
  HeldRows(JointAnalyticSpec spec, String partitions, OperatorContext context) {
    this.spec = spec;
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("partition", new KeyNumber(partitions, 0)));
    for (String name : List.of("cause", "arrival", "missing", "time")) {
      fields.add(StateType.of(name, DataType.BIGINT));
    }
    for (int i = 0; i < spec.output().size(); i++) {
      fields.add(StateType.of("c" + i, spec.output().type(i)));
    }
    arrived = context.state().longValue(COUNTER);
    table =
        context
            .state()
            .slotTable(
                new SlotTableSpec(TABLE, VERSION, List.of(DataType.BIGINT), fields)
                    .numberedBy(COUNTER));
    outputTimeline = context.outputTimeline();
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  private long[] field(int index) {
    return ((LongColumn) table.field(index)).values();
  }

  /** Takes the rows of a batch. */
  void of(Batch batch) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
      numbers = new int[count];
    }
    keys.ensureCapacity(count);
    for (int row = 0; row < count; row++) {
      arrived.set(arrived.get() + 1);
      keys.values()[row] = arrived.get();
    }
    table.resolve(key, 0, count, slots);
    for (int row = 0; row < count; row++) {
      numbers[row] = table.number(slots[row]);
    }
  }

  /** By which number a row of the batch is held. */
  int number(int row) {
    return numbers[row];
  }

  /** Tells the rows of one cause apart, in the order in which they came. */
  long arrival(int row) {
    return keys.values()[row];
  }

  /**
   * Holds a row of the batch.
   *
   * @param partition the number of its partition
   */
  void hold(Batch batch, int row, int partition) {
    int slot = table.slot(numbers[row]);
    table.touch(slot);
    field(PARTITION)[slot] = partition;
    field(CAUSE)[slot] = batch.cause(row);
    field(ARRIVAL)[slot] = keys.values()[row];
    field(MISSING)[slot] = spec.parts().size();
    field(TIME)[slot] = Long.MIN_VALUE;
    for (int i = 0; i < spec.passed(); i++) {
      table.field(FIXED + i).copy(batch.column(i), row, slot);
    }
  }

  /**
   * Takes what a part gives for a row.
   *
   * @param given at index 0
   * @param first the column of the output in which the first of them is
   * @param time at which it gives it
   */
  void give(int number, Column[] given, int first, long time) {
    int slot = table.slot(number);
    table.touch(slot);
    for (int i = 0; i < given.length; i++) {
      table.field(FIXED + first + i).copy(given[i], 0, slot);
    }
    field(TIME)[slot] = Math.max(field(TIME)[slot], time);
    if (--field(MISSING)[slot] == 0) {
      complete.add(new Complete(number, field(CAUSE)[slot], field(ARRIVAL)[slot]));
    }
  }

  /** Sends the rows that one that has come has made complete, in the order in which they came. */
  void sendFor(Batch batch, int row, Output output) {
    complete.sort(Complete.BY_ARRIVAL);
    for (Complete next : complete) {
      int slot = table.slot(next.number());
      send(out.appendFor(batch, row, field(TIME)[slot], RowKind.INSERT), slot, output);
    }
    complete.clear();
  }

  /**
   * Sends the rows that a moment of a watermark has made complete, as {@link #sendFor}.
   *
   * @param moment see {@link Batch#moments}
   * @param order where they come among others of the position
   */
  void sendAt(long moment, long order, int code, Output output) {
    complete.sort(Complete.BY_ARRIVAL);
    for (Complete next : complete) {
      int slot = table.slot(next.number());
      int to = out.append(field(TIME)[slot], code);
      out.moment(to, moment);
      if (ranksRows) {
        out.rank(to, AnalyticOutput.BEHIND_ARRIVALS, order, 0, next.cause());
      }
      send(to, slot, output);
    }
    complete.clear();
  }

  private void send(int to, int slot, Output output) {
    for (int i = 0; i < spec.output().size(); i++) {
      out.column(i).copy(table.field(FIXED + i), slot, to);
    }
    table.remove(slot);
    if (out.size() == batchSize) {
      flush(output);
    }
  }

  /** Sends what has been written; rows that have waited are late by the watermark passed on. */
  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outputTimeline));
      out.clear();
    }
  }
}
