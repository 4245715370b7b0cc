package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * {@code count(*)} and the sum of the first argument, a BIGINT, NULL without values. A row with
 * which the sum would be greater than {@link #GREATEST} fails, so that tests overflow with small
 * numbers.
 */
final class CountAndSum implements AggregateKernel {
  static final List<StateType> FIELDS =
      List.of(
          StateType.of("rows", DataType.BIGINT),
          StateType.of("values", DataType.BIGINT),
          StateType.of("sum", DataType.BIGINT));
  static final List<DataType> RESULTS = List.of(DataType.BIGINT, DataType.BIGINT);
  private static final long GREATEST = 1_000;
  private long[] rows = new long[0];
  private long[] values = new long[0];
  private long[] sums = new long[0];

  @Override
  public void bind(SlotTable table) {
    rows = ((LongColumn) table.field(0)).values();
    values = ((LongColumn) table.field(1)).values();
    sums = ((LongColumn) table.field(2)).values();
  }

  @Override
  public void add(Column[] arguments, int from, int to, int[] slots, RowErrors errors) {
    for (int row = from; row < to; row++) {
      if (accepts(arguments, row, slots[row], errors)) {
        count(arguments, row, slots[row], 1);
      }
    }
  }

  boolean accepts(Column[] arguments, int row, int slot, RowErrors errors) {
    Object value = arguments[0].get(row);
    if (value != null && sums[slot] + (Long) value > GREATEST) {
      errors.add(row, "sum is too great");
      return false;
    }
    return true;
  }

  @Override
  public void remove(Column[] arguments, int row, int slot) {
    count(arguments, row, slot, -1);
  }

  @Override
  public void addBack(Column[] arguments, int row, int slot) {
    count(arguments, row, slot, 1);
  }

  private void count(Column[] arguments, int row, int slot, int sign) {
    Object value = arguments[0].get(row);
    rows[slot] += sign;
    if (value != null) {
      values[slot] += sign;
      sums[slot] += sign * (Long) value;
    }
  }

  @Override
  public void results(int[] slots, int from, int to, Column[] out, int at) {
    for (int j = 0; from + j < to; j++) {
      int slot = slots[from + j];
      out[0].set(at + j, rows[slot]);
      out[1].set(at + j, values[slot] == 0 ? null : (Object) sums[slot]);
    }
  }

  @Override
  public void reset(int slot) {
    rows[slot] = 0;
    values[slot] = 0;
    sums[slot] = 0;
  }
}
