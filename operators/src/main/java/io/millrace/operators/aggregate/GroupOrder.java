package io.millrace.operators.aggregate;

import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Puts groups in the order of their first events: by time, then by arrival. Two fields of each slot
 * hold the time and the cause of its first event. While rows come in the order of time, slots are
 * in this order by themselves and nothing is sorted.
 */
public final class GroupOrder {
  /** The fields, to stand in a table behind those of its aggregates. */
  public static final List<StateType> FIELDS =
      List.of(
          StateType.of("first_time", DataType.BIGINT),
          StateType.of("first_cause", DataType.BIGINT));

  private final int firstField;

  /**
   * @param firstField the index of the first of {@link #FIELDS} in the table
   */
  public GroupOrder(int firstField) {
    this.firstField = firstField;
  }

  /** Says that a slot, which may have been used before, has no event yet. */
  public void begin(SlotTable table, int slot) {
    ((LongColumn) table.field(firstField)).values()[slot] = Long.MAX_VALUE;
  }

  /**
   * Notes the rows {@code [from, to)}, which have been added to their groups, but for those that
   * failed.
   *
   * @param limitBefore the table's limit before their slots were resolved: slots from there on are
   *     new
   */
  public void note(
      SlotTable table,
      Batch batch,
      int from,
      int to,
      int[] slots,
      int limitBefore,
      RowErrors failed) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    long[] rowtimes = batch.rowtimes();
    long base = batch.timeline().base();
    Arrays.fill(times, limitBefore, table.limit(), Long.MAX_VALUE);
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      if (rowtimes[row] < times[slot] && !failed.contains(row)) {
        times[slot] = rowtimes[row];
        causes[slot] = base + batch.position(row);
      }
    }
  }

  /**
   * Notes that groups of another table have become part of groups of this one.
   *
   * @param source has the fields at the same indexes
   * @param sources the groups {@code sources[0..count)} of it
   * @param slots the groups of {@code table} that they went into
   * @param limitBefore the table's limit before their slots were resolved
   */
  public void merge(
      SlotTable table, SlotTable source, int[] sources, int[] slots, int count, int limitBefore) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    long[] sourceTimes = ((LongColumn) source.field(firstField)).values();
    long[] sourceCauses = ((LongColumn) source.field(firstField + 1)).values();
    Arrays.fill(times, limitBefore, table.limit(), Long.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      long time = sourceTimes[sources[i]];
      long cause = sourceCauses[sources[i]];
      int slot = slots[i];
      if (time < times[slot] || (time == times[slot] && cause < causes[slot])) {
        times[slot] = time;
        causes[slot] = cause;
      }
    }
  }

  /**
   * Writes the slots in use into {@code slots}, in order.
   *
   * @param slots at least {@code table.size()} long
   * @return how many
   */
  public int order(SlotTable table, int[] slots) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    int count = 0;
    boolean sorted = true;
    for (int slot = 0; slot < table.limit(); slot++) {
      if (table.isUsed(slot)) {
        if (count > 0 && sorted) {
          int before = slots[count - 1];
          sorted =
              times[before] < times[slot]
                  || (times[before] == times[slot] && causes[before] <= causes[slot]);
        }
        slots[count++] = slot;
      }
    }
    if (!sorted) {
      sort(table, slots, count);
    }
    return count;
  }

  /**
   * Gives the rows that were written for the groups {@code slots[from..to)} their ranks.
   *
   * @param end of the window; 0 if there is none
   * @param start of the window; 0 if there is none
   * @param firstRow the index of the first of the rows
   */
  public void rank(
      SlotTable table,
      int[] slots,
      int from,
      int to,
      long end,
      long start,
      RowBuffer out,
      int firstRow) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    for (int i = from; i < to; i++) {
      out.rank(firstRow + i - from, end, start, times[slots[i]], causes[slots[i]]);
    }
  }

  /** Puts the groups {@code slots[0..count)} in order. */
  public void sort(SlotTable table, int[] slots, int count) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    Integer[] boxed = new Integer[count];
    Arrays.setAll(boxed, i -> slots[i]);
    Arrays.sort(
        boxed,
        Comparator.<Integer>comparingLong(slot -> times[slot])
            .thenComparingLong(slot -> causes[slot]));
    for (int i = 0; i < count; i++) {
      slots[i] = boxed[i];
    }
  }
}
