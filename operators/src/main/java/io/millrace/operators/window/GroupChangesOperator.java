package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Aggregates of rows that come and are taken back, which sends each group that has changed: as
 * changes by group, or as events, which say nothing of groups that have no rows any more. A group
 * has the greatest time of what has changed it since it has had rows.
 */
abstract class GroupChangesOperator extends ArrivalOperator {
  private final Sends sends;

  /** The index of the field of groups that has their times. */
  private final int timeField;

  /** What is sent when a group has changed. */
  enum Sends {
    /** Changes by group. */
    CHANGES,
    /** Events, which say nothing of groups that have no rows any more. */
    EVENTS,
    /** Nothing: groups are sent by others. */
    NONE
  }

  GroupChangesOperator(WindowGroups spec, Sends sends, KernelLoader loader) {
    super(spec, List.of(), loader);
    this.sends = sends;
    timeField = spec.program().fields().size();
  }

  @Override
  List<StateType> groupFields() {
    return List.of(StateType.of("rowtime", DataType.TIMESTAMP));
  }

  final int timeField() {
    return timeField;
  }

  /** Groups alone tell rows apart. */
  @Override
  int windowOf(int row) {
    return 0;
  }

  @Override
  public void show(SeenRows seen) {}

  @Override
  void end(Batch batch, Output output) {}

  /** Sends a group that a row has left. */
  final void sendRest(int group, Batch batch, int row, Output output) {
    boolean isEmpty = rowsOf(group) == 0;
    send(group, isEmpty ? RowKind.DELETE : RowKind.UPDATE_AFTER, batch, row, output);
    dropIfEmpty(group);
  }

  /**
   * Sends a group that a row has entered.
   *
   * @param isNew whether it had none before
   */
  final void sendMore(int group, boolean isNew, Batch batch, int row, Output output) {
    send(group, isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, batch, row, output);
  }

  private void send(int group, RowKind kind, Batch batch, int row, Output output) {
    int slot = groups().slot(group);
    long[] times = ((LongColumn) groups().field(timeField)).values();
    long time = batch.rowtimes()[row];
    times[slot] = kind == RowKind.INSERT ? time : Math.max(times[slot], time);
    if (sends == Sends.CHANGES) {
      send(group, kind, times[slot], batch, row, output);
    } else if (sends == Sends.EVENTS && kind != RowKind.DELETE) {
      send(group, RowKind.INSERT, times[slot], batch, row, output);
    }
  }
}
