package io.millrace.operators.aggregate;

import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SlotTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key and argument columns of the rows that an aggregating operator takes, and the writing of
 * groups into its output: keys first, then results.
 */
public final class GroupColumns {
  private final int[] keyIndexes;
  private final int[] argumentIndexes;
  private final Column[] keys;
  private final Column[] arguments;
  private final @Nullable Order order;
  private final LongColumn times = new LongColumn(0);
  private final LongColumn causes = new LongColumn(0);
  private Column[] results = new Column[0];
  private int[] slots = new int[0];

  /** By what an ordered program is told to go. */
  public enum Order {
    TIME,
    ARRIVAL
  }

  /** Of programs that are not ordered. */
  public GroupColumns(List<Integer> keys, List<Integer> arguments) {
    this(keys, arguments, null);
  }

  /**
   * @param program the aggregates; if they are ordered, the columns of times and causes stand
   *     behind the arguments
   * @param order where it is {@code ARRIVAL}, all rows are said to be of one time
   */
  public GroupColumns(
      List<Integer> keys, List<Integer> arguments, AggregateProgram program, Order order) {
    this(keys, arguments, program.isOrdered() ? order : null);
  }

  private GroupColumns(List<Integer> keys, List<Integer> arguments, @Nullable Order order) {
    this.keyIndexes = keys.stream().mapToInt(Integer::intValue).toArray();
    this.argumentIndexes = arguments.stream().mapToInt(Integer::intValue).toArray();
    this.keys = new Column[keyIndexes.length];
    this.arguments = new Column[argumentIndexes.length + (order == null ? 0 : 2)];
    this.order = order;
  }

  /** Takes the columns of a batch. */
  public void of(Batch batch) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(keyIndexes[i]);
    }
    for (int i = 0; i < argumentIndexes.length; i++) {
      arguments[i] = batch.column(argumentIndexes[i]);
    }
    if (order != null) {
      takeOrder(batch);
    }
  }

  private void takeOrder(Batch batch) {
    int count = batch.size();
    times.ensureCapacity(count);
    causes.ensureCapacity(count);
    if (order == Order.TIME) {
      System.arraycopy(batch.rowtimes(), 0, times.values(), 0, count);
    }
    for (int row = 0; row < count; row++) {
      causes.values()[row] = batch.cause(row);
    }
    arguments[arguments.length - 2] = times;
    arguments[arguments.length - 1] = causes;
  }

  /**
   * Gives the rows numbers in place of causes, which several may have in common.
   *
   * @param before the number before that of the first row
   */
  public void number(int rows, long before) {
    for (int row = 0; row < rows; row++) {
      causes.values()[row] = before + 1 + row;
    }
  }

  public Column[] keys() {
    return keys;
  }

  public Column[] arguments() {
    return arguments;
  }

  /**
   * Appends a row for each of the groups {@code numbers[from..to)}: keys and results.
   *
   * @param kernel is bound to the table
   * @param numbers at most {@link SlotTable#HELD} of them are taken
   * @return the index of the first row in {@code out}
   */
  public int writeGroups(
      SlotTable table,
      AggregateKernel kernel,
      int[] numbers,
      int from,
      int to,
      long rowtime,
      int code,
      RowBuffer out) {
    int first = out.size();
    int count = to - from;
    if (slots.length < count) {
      slots = new int[Math.max(count, 2 * slots.length)];
    }
    table.slots(numbers, from, to, slots);
    for (int i = 0; i < count; i++) {
      int row = out.append(rowtime, code);
      for (int k = 0; k < keys.length; k++) {
        out.column(k).copy(table.key(k), slots[i], row);
      }
    }
    kernel.bind(table);
    kernel.results(slots, 0, count, resultsOf(out), first);
    return first;
  }

  /**
   * The columns of the results in the output: those behind the keys. They are the same objects
   * while the buffer lives.
   */
  public Column[] resultsOf(RowBuffer out) {
    if (results.length == 0) {
      results = Arrays.copyOfRange(out.columns(), keys.length, out.columns().length);
    }
    return results;
  }
}
