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
 * Puts groups in the order of their first events: by time, then as {@link Batch#cause} says, then
 * as they came. Three fields of each slot hold the time, the cause and the number of its first
 * event, a cause of 0 while it has none. While rows come in the order of time, numbers are in this
 * order by themselves and nothing is sorted.
 *
 * <p>Only events that one advance has brought about, or that one row has become, have a cause in
 * common. Of these a group may have had one of a later time before; so it is their number that says
 * which came first, and not the slot.
 */
public final class GroupOrder {
  /** The fields, to stand in a table behind those of its aggregates. */
  public static final List<StateType> FIELDS =
      List.of(
          StateType.of("first_time", DataType.BIGINT),
          StateType.of("first_cause", DataType.BIGINT),
          StateType.of("first_number", DataType.BIGINT).later());

  /** The fields of a table in which what is written as the cause is another one for each event. */
  public static final List<StateType> FIELDS_OF_NUMBERED = FIELDS.subList(0, 2);

  /** What is left of a number beside the base of a turn. */
  private static final int NUMBER_BITS = 14;

  private final int firstField;
  private final boolean isNumbered;

  /** The number of the last event that was the first of its group then, in this run. */
  private long given;

  /**
   * @param firstField the index of the first of {@link #FIELDS} in the table
   */
  public GroupOrder(int firstField) {
    this(firstField, false);
  }

  private GroupOrder(int firstField, boolean isNumbered) {
    this.firstField = firstField;
    this.isNumbered = isNumbered;
  }

  /**
   * @param firstField the index of the first of {@link #FIELDS_OF_NUMBERED} in the table
   */
  public static GroupOrder ofNumbered(int firstField) {
    return new GroupOrder(firstField, true);
  }

  /** The place of a group among others. */
  public record Place(long time, long cause, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::time)
            .thenComparingLong(Place::cause)
            .thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** The place of a group that has events. */
  public Place place(SlotTable table, int slot) {
    return new Place(
        field(table, 0)[slot], field(table, 1)[slot], isNumbered ? 0 : field(table, 2)[slot]);
  }

  private long[] field(SlotTable table, int index) {
    return ((LongColumn) table.field(firstField + index)).values();
  }

  /** Whether no row of a group has been noted yet. */
  public boolean isNew(SlotTable table, int slot) {
    return field(table, 1)[slot] == 0;
  }

  /** Says that a slot, which may have been used before, has no event yet. */
  public void begin(SlotTable table, int slot) {
    field(table, 1)[slot] = 0;
  }

  /**
   * Comes before rows that have waited: others of their causes may have been numbered in earlier
   * turns. What was given is not saved. Behind a restart numbers go on from the base of the turn,
   * which rises by two for each row of a source and two for each turn. So they are greater than
   * those before the restart as long as each turn has given, for each unit by which it has raised
   * the base, no more than 2^14 numbers; where one row becomes more groups than that, those of one
   * cause may be in another order behind a restart.
   *
   * @param base of the turn in which they are noted
   */
  public void beginTurn(long base) {
    given = Math.max(given, base << NUMBER_BITS);
  }

  /**
   * Notes the rows {@code [from, to)}, which have been added to their groups, but for those that
   * failed.
   */
  public void note(SlotTable table, Batch batch, int from, int to, int[] slots, RowErrors failed) {
    long[] times = field(table, 0);
    long[] causes = field(table, 1);
    long[] numbers = field(table, 2);
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
        numbers[slot] = ++given;
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
    long[] times = field(table, 0);
    long[] causes = field(table, 1);
    long[] numbers = field(table, 2);
    long[] sourceTimes = field(source, 0);
    long[] sourceCauses = field(source, 1);
    long[] sourceNumbers = field(source, 2);
    for (int i = 0; i < count; i++) {
      int from = sources[i];
      int slot = slots[i];
      long time = sourceTimes[from];
      long cause = sourceCauses[from];
      boolean isBefore =
          time < times[slot]
              || (time == times[slot]
                  && (cause < causes[slot]
                      || (cause == causes[slot] && sourceNumbers[from] < numbers[slot])));
      if (cause != 0 && (causes[slot] == 0 || isBefore)) {
        times[slot] = time;
        causes[slot] = cause;
        numbers[slot] = sourceNumbers[from];
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
    Ascent ascent = new Ascent();
    for (int number = 0; number < table.limit(); number++) {
      if (table.isUsed(number)) {
        int slot = table.slot(number);
        if (choice.takes(number, slot)) {
          ascent.add(table, slot);
          numbers[count++] = number;
        }
      }
    }
    ascent.sortUnlessUnbroken(table, numbers, count);
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
    Ascent ascent = new Ascent();
    for (int i = 0; i < count; i++) {
      ascent.add(table, table.slot(numbers[i]));
    }
    ascent.sortUnlessUnbroken(table, numbers, count);
  }

  /** Whether groups that are looked at one by one are in order, as they mostly are. */
  private final class Ascent {
    private boolean isUnbroken = true;
    private long lastTime = Long.MIN_VALUE;
    private long lastCause = Long.MIN_VALUE;
    private long lastNumber = Long.MIN_VALUE;

    void add(SlotTable table, int slot) {
      long time = field(table, 0)[slot];
      long cause = field(table, 1)[slot];
      long number = isNumbered ? 0 : field(table, 2)[slot];
      isUnbroken &=
          lastTime < time
              || (lastTime == time
                  && (lastCause < cause || (lastCause == cause && lastNumber <= number)));
      lastTime = time;
      lastCause = cause;
      lastNumber = number;
    }

    void sortUnlessUnbroken(SlotTable table, int[] numbers, int count) {
      if (isUnbroken) {
        return;
      }
      Place[] places = new Place[count];
      Integer[] indexes = new Integer[count];
      for (int i = 0; i < count; i++) {
        places[i] = place(table, table.slot(numbers[i]));
        indexes[i] = i;
      }
      Arrays.sort(indexes, Comparator.comparing(i -> places[i]));
      int[] unsorted = Arrays.copyOf(numbers, count);
      for (int i = 0; i < count; i++) {
        numbers[i] = unsorted[indexes[i]];
      }
    }
  }
}
