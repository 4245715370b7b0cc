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
 * Aggregates of rows that come and are taken back, which sends each group that has changed, unless
 * others send the groups. A group has the greatest time of what has changed it since it has had
 * rows.
 */
abstract class GroupChangesOperator extends ArrivalOperator {
  private final boolean sendsChanges;

  /** The index of the field of groups that has their times. */
  private final int timeField;

  GroupChangesOperator(WindowGroups spec, boolean sendsChanges, KernelLoader loader) {
    super(spec, List.of(), loader);
    this.sendsChanges = sendsChanges;
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
    if (sendsChanges) {
      send(group, kind, times[slot], batch, row, output);
    }
  }
}
