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
 * Puts groups in the order of their first events: by time, then as {@link Batch#cause} says. Two
 * fields of each slot hold the time and the cause of its first event, a cause of 0 while it has
 * none. While rows come in the order of time, numbers are in this order by themselves and nothing
 * is sorted.
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

  /** Whether no row of a group has been noted yet. */
  public boolean isNew(SlotTable table, int slot) {
    return ((LongColumn) table.field(firstField + 1)).values()[slot] == 0;
  }

  /** Says that a slot, which may have been used before, has no event yet. */
  public void begin(SlotTable table, int slot) {
    ((LongColumn) table.field(firstField + 1)).values()[slot] = 0;
  }

  /**
   * Notes the rows {@code [from, to)}, which have been added to their groups, but for those that
   * failed.
   */
  public void note(SlotTable table, Batch batch, int from, int to, int[] slots, RowErrors failed) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    long[] rowtimes = batch.rowtimes();
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      boolean isFirst =
          causes[slot] == 0
              || rowtimes[row] < times[slot]
              || (rowtimes[row] == times[slot] && batch.cause(row) < causes[slot]);
      if (isFirst && !failed.contains(row)) {
        times[slot] = rowtimes[row];
        causes[slot] = batch.cause(row);
      }
    }
  }

  /**
   * Notes that groups of another table have become part of groups of this one.
   *
   * @param source has the fields at the same indexes
   * @param sources the groups {@code sources[0..count)} of it
   * @param slots the groups of {@code table} that they went into
   */
  public void merge(SlotTable table, SlotTable source, int[] sources, int[] slots, int count) {
    long[] times = ((LongColumn) table.field(firstField)).values();
    long[] causes = ((LongColumn) table.field(firstField + 1)).values();
    long[] sourceTimes = ((LongColumn) source.field(firstField)).values();
    long[] sourceCauses = ((LongColumn) source.field(firstField + 1)).values();
    for (int i = 0; i < count; i++) {
      long time = sourceTimes[sources[i]];
      long cause = sourceCauses[sources[i]];
      int slot = slots[i];
      boolean isFirst =
          causes[slot] == 0 || time < times[slot] || (time == times[slot] && cause < causes[slot]);
      if (cause != 0 && isFirst) {
        times[slot] = time;
        causes[slot] = cause;
      }
    }
  }

  /** Which groups are put in order; it is asked of each once, and its slot is valid then. */
  public interface Choice {
    boolean takes(int number, int slot);
  }

  /**
   * Writes the numbers of the groups into {@code numbers}, in order.
   *
   * @param numbers at least {@code table.size()} long
   * @return how many
   */
  public int order(SlotTable table, int[] numbers) {
    return order(table, numbers, (number, slot) -> true);
  }

  /** As {@link #order(SlotTable, int[])}, of those groups that a choice takes. */
  public int order(SlotTable table, int[] numbers, Choice choice) {
    int count = 0;
    boolean sorted = true;
    long lastTime = Long.MIN_VALUE;
    long lastCause = Long.MIN_VALUE;
    for (int number = 0; number < table.limit(); number++) {
      if (table.isUsed(number)) {
        int slot = table.slot(number);
        long time = ((LongColumn) table.field(firstField)).values()[slot];
        long cause = ((LongColumn) table.field(firstField + 1)).values()[slot];
        if (choice.takes(number, slot)) {
          sorted &= lastTime < time || (lastTime == time && lastCause <= cause);
          lastTime = time;
          lastCause = cause;
          numbers[count++] = number;
        }
      }
    }
    if (!sorted) {
      sort(table, numbers, count);
    }
    return count;
  }

  /**
   * Gives the rows that were written for the groups {@code numbers[from..to)} their ranks.
   *
   * @param end of the window; 0 if there is none
   * @param start of the window; 0 if there is none
   * @param firstRow the index of the first of the rows
   */
  public void rank(
      SlotTable table,
      int[] numbers,
      int from,
      int to,
      long end,
      long start,
      RowBuffer out,
      int firstRow) {
    for (int i = from; i < to; i++) {
      int slot = table.slot(numbers[i]);
      long time = ((LongColumn) table.field(firstField)).values()[slot];
      long cause = ((LongColumn) table.field(firstField + 1)).values()[slot];
      out.rank(firstRow + i - from, end, start, time, cause);
    }
  }

  /** Puts the groups {@code numbers[0..count)} in order. */
  public void sort(SlotTable table, int[] numbers, int count) {
    long[] times = new long[count];
    long[] causes = new long[count];
    boolean isSorted = true;
    for (int i = 0; i < count; i++) {
      int slot = table.slot(numbers[i]);
      times[i] = ((LongColumn) table.field(firstField)).values()[slot];
      causes[i] = ((LongColumn) table.field(firstField + 1)).values()[slot];
      isSorted &=
          i == 0
              || times[i - 1] < times[i]
              || (times[i - 1] == times[i] && causes[i - 1] <= causes[i]);
    }
    if (isSorted) {
      return;
    }
    Integer[] indexes = new Integer[count];
    Arrays.setAll(indexes, i -> i);
    Arrays.sort(
        indexes,
        Comparator.<Integer>comparingLong(i -> times[i]).thenComparingLong(i -> causes[i]));
    int[] unsorted = Arrays.copyOf(numbers, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = unsorted[indexes[i]];
    }
  }
}
