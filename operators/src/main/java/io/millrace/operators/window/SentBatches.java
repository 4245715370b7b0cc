package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The groups that a batch of each partition has sent, where the next one takes its place: those
 * that the new batch does not have are over. The batches of a partition are counted, and each group
 * knows the last one that it was in.
 */
final class SentBatches {
  private static final int VERSION = 1;
  private static final StateType BATCH = StateType.of("batch", DataType.BIGINT);
  private final SlotTable batches;
  private final SlotTable groups;
  private final RowLog members;
  private final LongColumn number = new LongColumn(1);
  private final Column[] member = {number};
  private int[] found = new int[0];

  /** The partition whose batch is looked at. */
  private int partition;

  /** How many groups the batch before had. */
  private int before;

  /**
   * @param spec says by which columns of the input partitions and groups are told apart
   */
  SentBatches(StateContext state, LengthBatchSpec spec) {
    batches =
        state.slotTable(
            new SlotTableSpec(
                    "sent_batches", VERSION, types(spec, spec.partition()), List.of(BATCH))
                .keyedBy(spec.partition()));
    groups =
        state.slotTable(
            new SlotTableSpec("sent_groups", VERSION, types(spec, spec.keys()), List.of(BATCH))
                .keyedBy(spec.keys()));
    members =
        state.rowLog(
            new RowLogSpec(
                "sent_members",
                VERSION,
                List.of(DataType.BIGINT),
                "sent_batches",
                Map.of(0, new KeyNumber("sent_groups", 0))));
  }

  private static List<DataType> types(LengthBatchSpec spec, List<Integer> columns) {
    return columns.stream().map(spec.input()::type).toList();
  }

  /** Looks at the batch of a row's partition, to which groups may still be added. */
  void goOn(Column[] ofPartition, int row) {
    partition = batches.number(resolve(batches, ofPartition, row));
  }

  /**
   * Looks at the batch of a row's partition, and begins the next one, which takes its place with
   * {@link #replace}.
   */
  void begin(Column[] ofPartition, int row) {
    int slot = resolve(batches, ofPartition, row);
    partition = batches.number(slot);
    ofBatch(batches)[slot]++;
    before = members.size(partition);
  }

  /** Says that the batch has the group of a row; once for each group is enough. */
  void add(Column[] keys, int row) {
    int slot = resolve(groups, keys, row);
    int of = batches.slot(partition);
    long batch = ofBatch(batches)[of];
    if (ofBatch(groups)[slot] == batch) {
      return;
    }
    ofBatch(groups)[slot] = batch;
    number.put(0, groups.number(slot));
    members.append(partition, 0, member, 0);
  }

  /**
   * Forgets the groups of the batch before that the new one has not been said to have.
   *
   * @param gone is told the slot of each before it is forgotten, in the order in which they were
   *     added
   */
  void replace(IntConsumer gone) {
    int of = batches.slot(partition);
    long batch = ofBatch(batches)[of];
    for (int i = 0; i < before; i++) {
      long ordinal = members.first(partition) + i;
      Column group = members.columns(partition, ordinal)[0];
      int index = members.index(partition, ordinal);
      int slot = groups.slot((int) ((LongColumn) group).values()[index]);
      if (ofBatch(groups)[slot] != batch) {
        gone.accept(slot);
        groups.remove(slot);
      }
    }
    members.dropFirst(partition, before);
  }

  /** The values of a group's key by slot. */
  Column key(int index) {
    return groups.key(index);
  }

  private static long[] ofBatch(SlotTable table) {
    return ((LongColumn) table.field(0)).values();
  }

  private int resolve(SlotTable table, Column[] keys, int row) {
    if (found.length <= row) {
      found = new int[Math.max(row + 1, 2 * found.length)];
    }
    table.resolve(keys, row, row + 1, found);
    return found[row];
  }
}
