package io.millrace.operators.window;

import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds the rows of each key that a window has, in the order in which they came, or in that of
 * their times. The last one is that of the key; when it leaves, the one before it is again. A row
 * that leaves is known by its values: of equal rows it is the first. In most windows that is the
 * first row of its key, so that nothing is looked for.
 *
 * <p>Keys whose row has left wait until the position is over: the row for which it left may be of
 * the same key, and replaces it then. A row that is replaced has its own time, and what becomes of
 * its key that of the row that replaces it, which comes next. Keys and rows are named by their
 * numbers.
 */
final class NewestByKeyOperator implements Operator {
  private static final int VERSION = 1;
  private static final int NONE = -1;
  private final NewestByKeySpec spec;
  private final boolean isInOrderOfTime;
  private final KeyOrder[] compared;
  private final Column[] keys;

  /**
   * The keys that wait, in the order in which they began to, with the times at which their rows
   * left, or have been replaced.
   */
  private final Map<Integer, Long> waiting = new LinkedHashMap<>();

  private SlotTable table;
  private OrderedRows rows;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;
  private int[] slots = new int[0];

  /** The key whose row the next one replaces, if it waits. */
  private int replaced = NONE;

  /** Where keys wait, and since when. */
  private int position;

  private long moment;

  private long time;

  NewestByKeyOperator(NewestByKeySpec spec) {
    this.spec = spec;
    isInOrderOfTime = spec.newest() == NewestByKeySpec.Newest.BY_TIME;
    keys = new Column[spec.keys().size()];
    compared =
        IntStream.range(0, spec.output().size())
            .mapToObj(c -> KeyOrder.ascending(spec.output().type(c).layout(), c))
            .toArray(KeyOrder[]::new);
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> kept = new ArrayList<>();
    for (DataType type : spec.types()) {
      kept.add(StateType.of("c" + kept.size(), type));
    }
    table =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "keys",
                        VERSION,
                        spec.keys().stream().map(spec.output()::type).toList(),
                        OrderedRows.FIELDS)
                    .keyedBy(spec.keys()));
    rows =
        new OrderedRows(
            context.state(),
            table,
            kept,
            (source, row, time, number) -> isInOrderOfTime && time < rows.time(number));
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
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    for (int row = 0; row < batch.size(); row++) {
      if (!isOfOneChange(batch, row)) {
        sendWaiting(output);
      }
      position = batch.position(row);
      moment = batch.moment(row);
      time = batch.rowtimes()[row];
      if (lateness != batch.lateness()) {
        flush(output);
        lateness = batch.lateness();
      }
      RowKind kind = batch.kind(row);
      if (replaced != NONE) {
        waiting.replace(replaced, time);
        replaced = NONE;
      }
      if (kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE) {
        leave(batch, row, output);
      } else {
        enter(batch, row, output);
      }
    }
  }

  /**
   * Whether a row belongs to the change whose keys wait. Windows that grow are taken back and are
   * there again with other times.
   */
  private boolean isOfOneChange(Batch batch, int row) {
    if (batch.position(row) != position || batch.moment(row) != moment) {
      return false;
    }
    RowKind kind = batch.kind(row);
    return isInOrderOfTime
        || kind == RowKind.UPDATE_BEFORE
        || kind == RowKind.UPDATE_AFTER
        || batch.rowtimes()[row] == time;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    sendWaiting(output);
    flush(output);
    return false;
  }

  /** What a random filter has let through once only is not there. */
  private void leave(Batch batch, int row, Output output) {
    int slot = table.find(keys, row);
    int key = slot < 0 ? NONE : table.number(slot);
    int left = key < 0 ? NONE : rows.first(key);
    while (left != NONE && !isEqual(batch, row, left)) {
      left = rows.next(left);
    }
    if (left == NONE) {
      return;
    }
    boolean isNewest = left == rows.last(key);
    rows.remove(key, left);
    if (isNewest) {
      waiting.put(key, time);
      replaced = batch.kind(row) == RowKind.UPDATE_BEFORE ? key : NONE;
      if (spec.isByTime()) {
        sendWaiting(output);
      }
    }
  }

  private boolean isEqual(Batch batch, int row, int number) {
    int slot = rows.slot(number);
    for (KeyOrder one : compared) {
      int column = one.column();
      if (one.compare(batch.column(column), row, rows.columns()[column], slot) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A row that enters at the same moment would come before keys that wait: these have less. */
  private void enter(Batch batch, int row, Output output) {
    table.resolve(keys, row, row + 1, slots);
    int key = table.number(slots[row]);
    boolean isWaiting = waiting.remove(key) != null;
    boolean isNew = rows.size(key) == 0 && !isWaiting;
    sendWaiting(output);
    int entered = rows.add(key, batch.columns(), row, batch.rowtimes()[row]);
    if (isWaiting || entered == rows.last(key)) {
      send(isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, key, time, output);
    }
  }

  private void sendWaiting(Output output) {
    if (waiting.isEmpty()) {
      return;
    }
    waiting.forEach(
        (key, at) -> {
          if (rows.size(key) > 0) {
            send(RowKind.UPDATE_AFTER, key, at, output);
          } else {
            remove(key, at, output);
          }
        });
    waiting.clear();
  }

  /** Sends that a key has no rows any more, and forgets it. */
  private void remove(int key, long at, Output output) {
    int slot = table.slot(key);
    int to = append(RowKind.DELETE, at, output);
    for (int c = 0; c < out.columns().length; c++) {
      out.column(c).setNull(to);
    }
    for (int k = 0; k < keys.length; k++) {
      out.column(spec.keys().get(k)).copy(table.key(k), slot, to);
    }
    table.remove(slot);
  }

  private void send(RowKind kind, int key, long at, Output output) {
    int to = append(kind, at, output);
    int newest = rows.slot(rows.last(key));
    for (int c = 0; c < out.columns().length; c++) {
      out.column(c).copy(rows.columns()[c], newest, to);
    }
  }

  private int append(RowKind kind, long at, Output output) {
    if (out.size() == batchSize) {
      flush(output);
    }
    int to = out.append(at, position, kind);
    out.moment(to, moment);
    return to;
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
