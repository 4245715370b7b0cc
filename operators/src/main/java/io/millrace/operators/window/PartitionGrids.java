package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Where windows begin that are counted from the first row of their partition. A partition keeps its
 * grid for ever.
 */
final class PartitionGrids {
  private static final int VERSION = 1;
  private final List<Integer> partition;
  private final long sizeMillis;
  private final SlotTable grids;
  private final Column[] keys;
  private int[] slots = new int[0];
  private boolean isNew;

  PartitionGrids(StateContext state, Schema input, List<Integer> partition, long sizeMillis) {
    this.partition = partition;
    this.sizeMillis = sizeMillis;
    keys = new Column[partition.size()];
    grids =
        state.slotTable(
            new SlotTableSpec(
                    "grids",
                    VERSION,
                    partition.stream().map(input::type).toList(),
                    List.of(StateType.of("offset", DataType.BIGINT)))
                .keyedBy(partition));
  }

  /** The start of the window that a row is in; it is the row's time if it is the first. */
  long start(Batch batch, int row) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(partition.get(k));
    }
    if (slots.length <= row) {
      slots = new int[batch.size()];
    }
    long time = batch.rowtimes()[row];
    int found = grids.find(keys, row);
    isNew = found < 0 || !grids.isUsed(grids.number(found));
    grids.resolve(keys, row, row + 1, slots);
    long[] offsets = ((LongColumn) grids.field(0)).values();
    if (isNew) {
      offsets[slots[row]] = Math.floorMod(time, sizeMillis);
    }
    return new WindowAssigner(sizeMillis, offsets[slots[row]]).start(time);
  }

  /** Says that the row that was asked for last does not enter: if it was its partition's first. */
  void refuse(int row) {
    if (isNew) {
      grids.remove(slots[row]);
    }
  }
}
