package io.millrace.operators.retime;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * What was measured of the disorder of each partition: its numbers one by one, as a row changes few
 * of them.
 */
final class MeasuredTable {
  private static final int VERSION = 1;

  /** By partition and place. */
  private final SlotTable table;

  private final LongColumn[] key = {new LongColumn(1), new LongColumn(1)};
  private final int[] slot = new int[1];

  /** By partition the numbers that the table has. */
  private final long[][] known;

  MeasuredTable(StateContext state, int partitions) {
    this.table =
        state.slotTable(
            new SlotTableSpec(
                "measured",
                VERSION,
                List.of(DataType.BIGINT, DataType.BIGINT),
                List.of(StateType.of("number", DataType.BIGINT))));
    this.known = new long[partitions][0];
  }

  /** All numbers of a partition, as the table has them. */
  long[] read(int partition) {
    long[] numbers = new long[16];
    int size = 0;
    for (int found = find(partition, 0); found >= 0; found = find(partition, size)) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = ((LongColumn) table.field(0)).values()[found];
    }
    known[partition] = Arrays.copyOf(numbers, size);
    return known[partition].clone();
  }

  private int find(int partition, int place) {
    key[0].put(0, partition);
    key[1].put(0, place);
    return table.find(key, 0);
  }

  /**
   * Keeps the numbers of a partition, at least as many as there were.
   *
   * @param numbers not changed any more
   */
  void keep(int partition, long[] numbers) {
    long[] before = known[partition];
    for (int i = 0; i < numbers.length; i++) {
      if (i >= before.length || before[i] != numbers[i]) {
        key[0].put(0, partition);
        key[1].put(0, i);
        table.resolve(key, 0, 1, slot);
        ((LongColumn) table.field(0)).put(slot[0], numbers[i]);
      }
    }
    known[partition] = numbers;
  }
}
