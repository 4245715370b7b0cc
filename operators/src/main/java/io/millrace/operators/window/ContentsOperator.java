package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates of what a table holds, as changes by group. A table of its own has the current row of
 * each key as the aggregates take it. A change takes that one out of its group, then puts the new
 * one into its own; if both are one, one row is sent, else the group that has become less comes
 * first. A row that its group cannot take is in none.
 */
final class ContentsOperator extends GroupChangesOperator {
  private static final int VERSION = 1;
  private static final int NONE = -1;
  private final ContentsSpec spec;
  private final Column[] keys;
  private final Column[] held;

  /** What sends groups where changes of them are not sent. */
  private @Nullable ContentsSnapshots snapshots;

  private SlotTable rows;
  private int[] slots = new int[0];

  /** The group that a row has left with the last change, or none. */
  private int left = NONE;

  /** The group that one has entered, or none. */
  private int entered = NONE;

  ContentsOperator(ContentsSpec spec, KernelLoader loader) {
    super(spec.groups(), spec.sendsChanges(), loader);
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
    if (!spec.sendsChanges()) {
      snapshots =
          new ContentsSnapshots(
              spec.groups(), spec.snapshots(), groups(), timeField(), kernel(), context);
    }
  }

  @Override
  List<StateType> groupFields() {
    List<StateType> fields = new ArrayList<>(super.groupFields());
    if (!spec.sendsChanges()) {
      fields.addAll(ContentsSnapshots.fields(spec.snapshots()));
    }
    return fields;
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.rowKeys().get(i));
    }
    if (snapshots != null) {
      snapshots.begin(batch);
    }
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    ContentsSnapshots sent = snapshots;
    if (sent == null) {
      return change(batch, row, output);
    }
    sent.before(batch, row, output);
    boolean isTaken = change(batch, row, output);
    if (left != NONE || entered != NONE) {
      sent.behind(left, entered, batch, row, output);
    }
    return isTaken;
  }

  /** Takes a change, and notes the groups that a row has left and entered. */
  private boolean change(Batch batch, int row, Output output) {
    entered = NONE;
    for (int i = 0; i < held.length; i++) {
      held[i] = rows.field(i);
    }
    int before = rows.find(keys, row);
    int from = before < 0 ? NONE : groupOf(held, before);
    int to = batch.kind(row) == RowKind.DELETE ? NONE : groupOf(row);
    left = from;
    if (from != NONE) {
      remove(held, before);
      if (from != to) {
        sendRest(from, batch, row, output);
      }
    }
    boolean isNew = to != NONE && from != to && rowsOf(to) == 0;
    if (to != NONE && add(row)) {
      entered = to;
      if (snapshots != null) {
        snapshots.entered(to, isNew, batch.rowtimes()[row]);
      }
      hold(row);
      sendMore(to, isNew, batch, row, output);
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

  @Override
  void end(Batch batch, Output output) {
    if (snapshots != null) {
      snapshots.flush(batch, output);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT && snapshots != null) {
      snapshots.end(timeline, output);
      if (spec.atEnd() && timeline.last() == Timeline.END && rows.size() > 0) {
        snapshots.sendAll(Timeline.ofAdvance(timeline.firstReaching(Timeline.END, 0)), output);
        groups().clear();
        rows.clear();
      }
    }
    return false;
  }

  private void hold(int row) {
    rows.resolve(keys, row, row + 1, slots);
    for (int i = 0; i < held.length; i++) {
      held[i].copy(kept()[i], row, slots[row]);
    }
  }
}
