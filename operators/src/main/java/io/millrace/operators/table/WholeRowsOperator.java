package io.millrace.operators.table;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of how many keys each row is that of. What has changed is sent behind the last change of a
 * position: a row that goes for one key and comes for another has not changed.
 */
final class WholeRowsOperator implements Operator {
  private static final int VERSION = 1;
  private static final String SHOWN = "shown";
  private static final int COUNT = 0;
  private static final int SENT = 1;
  private final WholeRowsSpec spec;
  private final Column[] shown;
  private final Column[] keys;
  private SlotTable rows;
  private SlotTable counts;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;
  private int[] slots = new int[0];

  /** The numbers of the rows that a position has changed, in the order in which it did. */
  private int[] changed = new int[16];

  /** The times of these changes. */
  private long[] times = new long[16];

  private int changedCount;
  private int position;
  private long moment;

  WholeRowsOperator(WholeRowsSpec spec) {
    this.spec = spec;
    this.shown = new Column[spec.output().size()];
    this.keys = new Column[spec.input().size() - shown.length];
  }

  @Override
  public void open(OperatorContext context) {
    rows =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                    "rows",
                    VERSION,
                    spec.keyTypes(),
                    List.of(StateType.of(SHOWN, new KeyNumber(SHOWN, 1)))));
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("count", DataType.BIGINT));
    fields.add(StateType.of("sent", DataType.BIGINT));
    counts =
        context.state().slotTable(new SlotTableSpec(SHOWN, VERSION, spec.shownTypes(), fields));
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    lateness = outputTimeline;
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int i = 0; i < shown.length; i++) {
      shown[i] = batch.column(i);
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(shown.length + i);
    }
    for (int row = 0; row < batch.size(); row++) {
      if (changedCount > 0 && (batch.position(row) != position || batch.moment(row) != moment)) {
        send(output);
      }
      if (lateness != batch.lateness()) {
        flush(output);
        lateness = batch.lateness();
      }
      position = batch.position(row);
      moment = batch.moment(row);
      take(batch, row);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    send(output);
    flush(output);
    return false;
  }

  private void take(Batch batch, int row) {
    boolean isDeleted = batch.kind(row) == RowKind.DELETE;
    int slot = isDeleted ? rows.find(keys, row) : resolve(rows, keys, row);
    if (slot < 0) {
      return;
    }
    long before = field(rows, 0)[slot];
    if (isDeleted) {
      rows.remove(slot);
    } else {
      int now = resolve(counts, shown, row);
      field(rows, 0)[slot] = counts.number(now) + 1L;
      count(now, 1, batch.rowtimes()[row]);
    }
    if (before > 0) {
      int was = counts.slot((int) before - 1);
      counts.touch(was);
      count(was, -1, batch.rowtimes()[row]);
    }
  }

  private int resolve(SlotTable table, Column[] key, int row) {
    table.resolve(key, row, row + 1, slots);
    return slots[row];
  }

  private void count(int slot, int change, long time) {
    field(counts, COUNT)[slot] += change;
    if (changedCount == changed.length) {
      changed = Arrays.copyOf(changed, 2 * changedCount);
      times = Arrays.copyOf(times, 2 * changedCount);
    }
    times[changedCount] = time;
    changed[changedCount++] = counts.number(slot);
  }

  /** Sends what a position has changed: what has gone, then what has come. */
  private void send(Output output) {
    for (int i = 0; i < changedCount; i++) {
      send(changed[i], times[i], RowKind.DELETE, output);
    }
    for (int i = 0; i < changedCount; i++) {
      send(changed[i], times[i], RowKind.INSERT, output);
    }
    changedCount = 0;
  }

  /** Sends a row, if it is a change of that kind that it has not been sent with. */
  private void send(int number, long time, RowKind kind, Output output) {
    if (!counts.isUsed(number)) {
      return;
    }
    int slot = counts.slot(number);
    long isThere = field(counts, COUNT)[slot] > 0 ? 1 : 0;
    boolean isWanted = kind == RowKind.DELETE ? isThere == 0 : isThere == 1;
    if (!isWanted) {
      return;
    }
    if (field(counts, SENT)[slot] != isThere) {
      counts.touch(slot);
      field(counts, SENT)[slot] = isThere;
      int to = out.append(time, position, kind);
      out.moment(to, moment);
      for (int i = 0; i < shown.length; i++) {
        out.column(i).copy(counts.key(i), slot, to);
      }
      if (out.size() == batchSize) {
        flush(output);
      }
    }
    if (isThere == 0) {
      counts.remove(slot);
    }
  }

  private static long[] field(SlotTable table, int index) {
    return ((LongColumn) table.field(index)).values();
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
