package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that are in the window of a side but not in the join, as it has refused them when they
 * entered: how many there are of each, by all values.
 *
 * <p>A row that leaves is a refused one if one with its values is here. Of rows that are equal in
 * all columns, time included, it does not matter which was refused: they have entered at one
 * moment, so until the first of them leaves they meet the same rows.
 */
final class RefusedRows {
  private static final int VERSION = 1;
  private final SlotTable rows;
  private final Column[] values;
  private int[] slots = new int[1];

  RefusedRows(String name, JoinSide side, OperatorContext context) {
    List<DataType> types =
        side.input().fields().stream().limit(side.width()).map(Field::type).toList();
    List<StateType> count = List.of(StateType.of("count", DataType.BIGINT));
    this.rows =
        context
            .state()
            .slotTable(new SlotTableSpec(name + "-refused", VERSION, types, count).later());
    this.values = new Column[side.width()];
  }

  void add(Batch batch, int row) {
    if (slots.length <= row) {
      slots = Arrays.copyOf(slots, Math.max(row + 1, 2 * slots.length));
    }
    rows.resolve(values(batch), row, row + 1, slots);
    counts()[slots[row]]++;
  }

  /** Takes out a row that leaves; whether it is there. */
  boolean remove(Batch batch, int row) {
    if (rows.size() == 0) {
      return false;
    }
    int found = rows.find(values(batch), row);
    if (found < 0) {
      return false;
    }
    rows.touch(found);
    counts()[found]--;
    if (counts()[found] == 0) {
      rows.remove(found);
    }
    return true;
  }

  private Column[] values(Batch batch) {
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.column(i);
    }
    return values;
  }

  private long[] counts() {
    return ((LongColumn) rows.field(0)).values();
  }
}
