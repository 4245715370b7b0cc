package io.millrace.operators.aggregate;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
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
import java.util.List;

/**
 * Counts the rows of each partition; the n-th sends the partition's groups, with its own time. A
 * table holds the partitions with their counts, and each group knows the number of its partition.
 */
final class RowSnapshotOperator implements Operator {
  private static final int VERSION = 1;
  private static final String PARTITIONS = "partitions";
  private static final int ROWS = 0;
  private static final int GROUPS = 1;
  private final GroupSnapshotSpec spec;
  private final KernelLoader loader;
  private final boolean isUngrouped;
  private final Column[] keys;
  private SlotTable partitions;
  private SnapshotGroups groups;

  /** How many snapshots have been sent, which numbers them. */
  private EmissionNumbers snapshots;

  private int[] slots = new int[0];

  RowSnapshotOperator(GroupSnapshotSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    isUngrouped = spec.keys().size() == spec.partition().size();
    keys = new Column[spec.partition().size()];
  }

  @Override
  public void open(OperatorContext context) {
    partitions =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        PARTITIONS,
                        VERSION,
                        spec.types(spec.partition()),
                        List.of(
                            StateType.of("rows", DataType.BIGINT),
                            StateType.of("groups", DataType.BIGINT)))
                    .keyedBy(spec.partition()));
    List<StateType> ofGroup = List.of(StateType.of("partition", new KeyNumber(PARTITIONS, 0)));
    groups = new SnapshotGroups(spec, ofGroup, this::forget, loader, context);
    snapshots = new EmissionNumbers(context.state().longValue("snapshots"), spec.set());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.partition().get(k));
    }
    groups.begin(batch);
    snapshots.begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      snapshots.arrive(row);
      groups.expireBefore(batch, row);
      if (groups.take(batch, row)) {
        count(batch, row, output);
      }
    }
    groups.end(batch, output);
  }

  private void count(Batch batch, int row, Output output) {
    int group = groups.groupOf(row);
    boolean isNew = groups.rowsOf(group) == 1;
    partitions.resolve(keys, row, row + 1, slots);
    int slot = slots[row];
    int partition = partitions.number(slot);
    if (isNew) {
      field(GROUPS)[slot]++;
      groups.setFurther(groups.slotOf(group), partition);
    }
    if (++field(ROWS)[slot] < spec.everyRows()) {
      return;
    }
    field(ROWS)[slot] = 0;
    long number = snapshots.take();
    long time = batch.rowtimes()[row];
    int code = batch.position(row);
    groups.because(batch, row);
    if (isUngrouped) {
      groups.sendOne(group, time, code, number, batch.lateness(), output);
    } else {
      groups.send(
          other -> groups.further(groups.slotOf(other)) == partition,
          time,
          code,
          number,
          batch.lateness(),
          output);
    }
  }

  /** A partition goes with its last group. */
  private void forget(int groupSlot, long time, int code) {
    if (groups.rowsAt(groupSlot) > 0) {
      int slot = partitions.slot((int) groups.further(groupSlot));
      partitions.touch(slot);
      if (--field(GROUPS)[slot] == 0) {
        partitions.remove(slot);
      }
    }
  }

  private long[] field(int index) {
    return ((LongColumn) partitions.field(index)).values();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      groups.expireAll(timeline);
    }
    return false;
  }
}
