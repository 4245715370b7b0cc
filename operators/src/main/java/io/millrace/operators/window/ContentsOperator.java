package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Aggregates of what a table holds, as changes by group. A table of its own has the current row of
 * each key as the aggregates take it. A change takes that one out of its group, then puts the new
 * one into its own; if both are one, one row is sent, else the group that has become less comes
 * first. A row that its group cannot take is in none.
 */
final class ContentsOperator extends ArrivalOperator {
  private static final int VERSION = 1;
  private static final int NONE = -1;
  private final ContentsSpec spec;
  private final Column[] keys;
  private final Column[] held;
  private SlotTable rows;
  private int[] slots = new int[0];

  ContentsOperator(ContentsSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), loader);
    this.spec = spec;
    keys = new Column[spec.rowKeys().size()];
    held = new Column[keptTypes().size()];
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    rows =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "rows", VERSION, spec.groups().types(spec.rowKeys()), keptFields())
                    .keyedBy(spec.rowKeys()));
  }

  /** The greatest time of what has changed a group. */
  @Override
  List<StateType> groupFields() {
    return List.of(StateType.of("rowtime", DataType.TIMESTAMP));
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.rowKeys().get(i));
    }
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    for (int i = 0; i < held.length; i++) {
      held[i] = rows.field(i);
    }
    int before = rows.find(keys, row);
    int from = before < 0 ? NONE : groupOf(held, before);
    int to = batch.kind(row) == RowKind.DELETE ? NONE : groupOf(row);
    if (from != NONE) {
      remove(held, before);
      if (from != to) {
        sendRest(from, batch, row, output);
      }
    }
    boolean isNew = to != NONE && from != to && rowsOf(to) == 0;
    if (to != NONE && add(row)) {
      hold(row);
      send(to, isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, batch, row, output);
      return true;
    }
    if (from != NONE) {
      rows.remove(before);
    }
    if (to != NONE && from == to) {
      sendRest(to, batch, row, output);
    } else if (to != NONE) {
      dropIfEmpty(to);
    }
    return to == NONE;
  }

  /** Groups alone tell the rows of a table apart. */
  @Override
  int windowOf(int row) {
    return 0;
  }

  @Override
  public void show(SeenRows seen) {}

  private void hold(int row) {
    rows.resolve(keys, row, row + 1, slots);
    for (int i = 0; i < held.length; i++) {
      held[i].copy(kept()[i], row, slots[row]);
    }
  }

  /** Sends a group that a row has left. */
  private void sendRest(int group, Batch batch, int row, Output output) {
    boolean isEmpty = rowsOf(group) == 0;
    send(group, isEmpty ? RowKind.DELETE : RowKind.UPDATE_AFTER, batch, row, output);
    dropIfEmpty(group);
  }

  private void send(int group, RowKind kind, Batch batch, int row, Output output) {
    int slot = slotOf(group);
    long[] times = ((LongColumn) groupField(0)).values();
    long time = batch.rowtimes()[row];
    times[slot] = kind == RowKind.INSERT ? time : Math.max(times[slot], time);
    send(group, kind, times[slot], batch, row, output);
  }

  @Override
  void end(Batch batch) {}
}
