package io.millrace.operators.window;

import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of a group's newest row, in fields of its slot: that of the greatest time, of equal times
 * the last to come. Its cause is 0 while there is none.
 */
final class NewestRows implements NewestColumns {
  private final int firstField;
  private final int[] carried;

  /**
   * @param firstField the index of the first of {@link #fields} in the table
   * @param carried the columns in the input; none for nothing
   */
  NewestRows(int firstField, List<Integer> carried) {
    this.firstField = firstField;
    this.carried = carried.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Takes no columns. */
  static NewestRows none() {
    return new NewestRows(0, List.of());
  }

  /** The number of columns. */
  int size() {
    return carried.length;
  }

  /** The fields, to stand in a table of groups. */
  static List<StateType> fields(Schema input, List<Integer> carried) {
    List<StateType> fields = new ArrayList<>();
    if (!carried.isEmpty()) {
      fields.add(StateType.of("newest_time", DataType.BIGINT));
      fields.add(StateType.of("newest_cause", DataType.BIGINT));
      for (int i = 0; i < carried.size(); i++) {
        fields.add(StateType.of("newest_" + i, input.type(carried.get(i))));
      }
    }
    return fields;
  }

  /** Says that a slot, which may have been used before, has no row yet. */
  void begin(SlotTable table, int slot) {
    if (carried.length > 0) {
      ((LongColumn) table.field(firstField + 1)).values()[slot] = 0;
    }
  }

  /** Notes rows that have been added to their groups, but for those that failed. */
  void note(SlotTable table, Batch batch, int from, int to, int[] slots, RowErrors failed) {
    if (carried.length == 0) {
      return;
    }
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      long time = batch.rowtimes()[row];
      long cause = batch.cause(row);
      boolean isNewest = isNewer(time, cause, times[slot], causes[slot]);
      if (isNewest && !failed.contains(row)) {
        times[slot] = time;
        causes[slot] = cause;
        for (int i = 0; i < carried.length; i++) {
          table.field(firstField + 2 + i).copy(batch.column(carried[i]), row, slot);
        }
      }
    }
  }

  private static boolean isNewer(long time, long cause, long than, long causeOfThat) {
    return causeOfThat == 0 || time > than || (time == than && cause >= causeOfThat);
  }

  /** Notes that groups of another table have become part of groups of this one. */
  void merge(SlotTable table, SlotTable source, int[] sources, int[] slots, int count) {
    if (carried.length == 0) {
      return;
    }
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    long[] sourceTimes = ((LongColumn) source.field(firstField)).values();
    long[] sourceCauses = ((LongColumn) source.field(firstField + 1)).values();
    for (int i = 0; i < count; i++) {
      int slot = slots[i];
      long time = sourceTimes[sources[i]];
      long cause = sourceCauses[sources[i]];
      if (cause != 0 && isNewer(time, cause, times[slot], causes[slot])) {
        times[slot] = time;
        causes[slot] = cause;
        for (int f = firstField + 2; f < firstField + 2 + carried.length; f++) {
          table.field(f).copy(source.field(f), sources[i], slot);
        }
      }
    }
  }

  @Override
  public void write(SlotTable table, int slot, Column[] out, int firstColumn, int row) {
    for (int i = 0; i < carried.length; i++) {
      out[firstColumn + i].copy(table.field(firstField + 2 + i), slot, row);
    }
  }
}
