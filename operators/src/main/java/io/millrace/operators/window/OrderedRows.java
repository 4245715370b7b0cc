package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of windows, those of each window in an order, equal ones in the order in which they
 * came. A table holds the rows, linked from the first of a window to its last. A row that belongs
 * behind or before all others of its window costs a constant, another one also the rows that come
 * behind it. Windows and rows are named by their numbers throughout.
 */
final class OrderedRows {
  /** The fields of a window, to stand in front in the table of windows. */
  static final List<StateType> FIELDS =
      List.of(
          StateType.of("rows", DataType.BIGINT),
          StateType.of("first", new KeyNumber("rows", 1)),
          StateType.of("last", new KeyNumber("rows", 1)));

  private static final int VERSION = 1;
  private static final int SIZE = 0;

  /** Numbers of rows are written with one added, so that 0 is none. */
  private static final int FIRST = 1;

  private static final int LAST = 2;
  private final SlotTable windows;
  private final SlotTable rows;
  private final LongValue added;
  private final Order order;
  private final Column[] columns;
  private final int times;
  private final LongColumn id = new LongColumn(1);
  private final Column[] ids = {id};
  private final int[] slot = new int[1];

  /** In which order rows are. */
  interface Order {
    /**
     * Whether a row that comes belongs before one that is there.
     *
     * @param number that of the row that is there
     */
    boolean isBefore(Column[] source, int row, long time, int number);
  }

  /**
   * @param kept the columns of rows
   */
  OrderedRows(StateContext state, SlotTable windows, List<StateType> kept, Order order) {
    this.windows = windows;
    this.order = order;
    times = kept.size();
    List<StateType> fields = new ArrayList<>(kept);
    fields.add(StateType.of("time", DataType.BIGINT));
    fields.add(StateType.of("next", new KeyNumber("rows", 1)));
    fields.add(StateType.of("previous", new KeyNumber("rows", 1)));
    rows =
        state.slotTable(
            new SlotTableSpec("rows", VERSION, List.of(DataType.BIGINT), fields)
                .numberedBy("rows_added"));
    added = state.longValue("rows_added");
    columns = new Column[times];
    for (int i = 0; i < times; i++) {
      columns[i] = rows.field(i);
    }
  }

  long size(int window) {
    return ofWindow(window, SIZE);
  }

  /** The first row of a window, or -1. */
  int first(int window) {
    return (int) ofWindow(window, FIRST) - 1;
  }

  /** The last row of a window, or -1. */
  int last(int window) {
    return (int) ofWindow(window, LAST) - 1;
  }

  /** The columns of all rows, by {@link #slot}. */
  Column[] columns() {
    return columns;
  }

  /** Where a row is in {@link #columns}, until another one is asked for. */
  int slot(int row) {
    return rows.slot(row);
  }

  long time(int row) {
    return ofRow(row, times);
  }

  /** Rows of all windows are counted as they come. */
  long arrival(int row) {
    int at = rows.slot(row);
    return ((LongColumn) rows.key(0)).values()[at];
  }

  /** Whether a row that comes belongs before one that is there. */
  boolean isBefore(Column[] source, int sourceRow, long time, int row) {
    return order.isBefore(source, sourceRow, time, row);
  }

  /**
   * Adds a row of the source columns.
   *
   * @return its number
   */
  int add(int window, Column[] source, int sourceRow, long time) {
    int before = last(window);
    if (before >= 0 && isBefore(source, sourceRow, time, first(window))) {
      before = -1;
    }
    while (before >= 0 && isBefore(source, sourceRow, time, before)) {
      before = previous(before);
    }
    added.set(added.get() + 1);
    id.put(0, added.get());
    rows.resolve(ids, 0, 1, slot);
    int row = rows.number(slot[0]);
    for (int i = 0; i < times; i++) {
      columns[i].copy(source[i], sourceRow, slot[0]);
    }
    ((LongColumn) rows.field(times)).values()[slot[0]] = time;
    int behind = before < 0 ? first(window) : next(before);
    link(window, before, row);
    link(window, row, behind);
    setOfWindow(window, SIZE, size(window) + 1);
    return row;
  }

  /** Takes a row off. */
  void remove(int window, int row) {
    link(window, previous(row), next(row));
    setOfWindow(window, SIZE, size(window) - 1);
    rows.remove(rows.slot(row));
  }

  /** The row behind another one of its window, or -1. */
  int next(int row) {
    return (int) ofRow(row, times + 1) - 1;
  }

  private int previous(int row) {
    return (int) ofRow(row, times + 2) - 1;
  }

  /** Says that a row comes behind another one; -1 is no row. */
  private void link(int window, int before, int row) {
    if (before >= 0) {
      setOfRow(before, times + 1, row + 1L);
    } else {
      setOfWindow(window, FIRST, row + 1L);
    }
    if (row >= 0) {
      setOfRow(row, times + 2, before + 1L);
    } else {
      setOfWindow(window, LAST, before + 1L);
    }
  }

  private long ofWindow(int window, int field) {
    return get(windows, window, field);
  }

  private void setOfWindow(int window, int field, long value) {
    set(windows, window, field, value);
  }

  private long ofRow(int row, int field) {
    return get(rows, row, field);
  }

  private void setOfRow(int row, int field, long value) {
    set(rows, row, field, value);
  }

  /** A field of a number of a table. */
  static long get(SlotTable table, int number, int field) {
    int at = table.slot(number);
    return ((LongColumn) table.field(field)).values()[at];
  }

  /** Changes a field of a number of a table. */
  static void set(SlotTable table, int number, int field, long value) {
    int at = table.slot(number);
    table.touch(at);
    ((LongColumn) table.field(field)).values()[at] = value;
  }
}
