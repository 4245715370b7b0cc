package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of each group in the order in which they have entered, where one may leave that is not
 * the oldest: so it is known which of those that stay is the newest. They are linked, and have the
 * columns that are sent of it; to come and to go costs a constant.
 *
 * <p>A row that leaves for an arriving one is forgotten when that has entered. If it fails, the row
 * is put where it was.
 */
final class EnteredRows implements NewestColumns {
  /** What a row that is kept knows of itself here. */
  static final KeyNumber NUMBER = new KeyNumber("entered", 1);

  /** What stands in the table of groups: the newest row of a group. */
  static final StateType NEWEST = StateType.of("newest_entered", NUMBER);

  private static final int VERSION = 1;
  private static final int GROUP = 0;
  private static final int BEFORE = 1;
  private static final int BEHIND = 2;
  private static final int FIRST_COLUMN = 3;
  private static final int NONE = -1;
  private final SlotTable rows;
  private final LongValue entered;
  private final List<Integer> carried;
  private final int newestField;
  private final LongColumn id = new LongColumn(1);
  private final Column[] ids = {id};
  private final int[] one = new int[1];

  /** The columns of the batch that are sent. */
  private final Column[] values;

  /** The number of the row that leaves for an arriving one, or none. */
  private int left = NONE;

  /**
   * @param carried the columns of the input that are sent
   * @param newestField the index of {@link #NEWEST} in the table of groups
   */
  EnteredRows(StateContext state, Schema input, List<Integer> carried, int newestField) {
    this.carried = carried;
    this.newestField = newestField;
    values = new Column[carried.size()];
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("group", KeptColumns.GROUP));
    fields.add(StateType.of("before", NUMBER));
    fields.add(StateType.of("behind", NUMBER));
    for (int column : carried) {
      fields.add(StateType.of("c" + fields.size(), input.type(column)));
    }
    rows =
        state.slotTable(
            new SlotTableSpec("entered", VERSION, List.of(DataType.BIGINT), fields)
                .numberedBy("rows_entered"));
    entered = state.longValue("rows_entered");
  }

  /** Takes the columns of a batch, whose rows come next. */
  void begin(Batch batch) {
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.column(carried.get(i));
    }
  }

  /**
   * Adds a row of the batch that has entered its group, as its newest.
   *
   * @return what is to be kept of it: see {@link #NUMBER}
   */
  long add(SlotTable groups, int group, int row) {
    forgetLeft();
    entered.set(entered.get() + 1);
    id.put(0, entered.get());
    rows.resolve(ids, 0, 1, one);
    int slot = one[0];
    long self = rows.number(slot) + 1L;
    long before = newest(groups)[group];
    values(GROUP)[slot] = groups.number(group);
    values(BEFORE)[slot] = before;
    values(BEHIND)[slot] = 0;
    for (int i = 0; i < carried.size(); i++) {
      rows.field(FIRST_COLUMN + i).copy(values[i], row, slot);
    }
    link(before, self);
    newest(groups)[group] = self;
    return self;
  }

  /** Takes a row off that leaves for an arriving one. */
  void leave(SlotTable groups, int group, long number) {
    forgetLeft();
    left = (int) number - 1;
    int slot = rows.slot(left);
    long before = values(BEFORE)[slot];
    long behind = values(BEHIND)[slot];
    link(before, behind);
    linkBack(groups, group, before, behind);
  }

  /** Puts the row back that was taken off last, because the arriving one has failed. */
  void putBack(SlotTable groups, int group) {
    int slot = rows.slot(left);
    long self = left + 1L;
    long before = values(BEFORE)[slot];
    long behind = values(BEHIND)[slot];
    link(before, self);
    linkBack(groups, group, self, behind);
    left = NONE;
  }

  private void forgetLeft() {
    if (left != NONE) {
      rows.remove(rows.slot(left));
      left = NONE;
    }
  }

  /** Says what comes behind a row, if there is one. */
  private void link(long row, long behind) {
    if (row > 0) {
      int slot = rows.slot((int) row - 1);
      rows.touch(slot);
      values(BEHIND)[slot] = behind;
    }
  }

  /** Says what comes before a row, or what is the newest. */
  private void linkBack(SlotTable groups, int group, long before, long row) {
    if (row > 0) {
      int slot = rows.slot((int) row - 1);
      rows.touch(slot);
      values(BEFORE)[slot] = before;
    } else {
      newest(groups)[group] = before;
    }
  }

  @Override
  public void write(SlotTable groups, int slot, Column[] out, int firstColumn, int row) {
    int newest = rows.slot((int) newest(groups)[slot] - 1);
    for (int i = 0; i < carried.size(); i++) {
      out[firstColumn + i].copy(rows.field(FIRST_COLUMN + i), newest, row);
    }
  }

  private long[] newest(SlotTable groups) {
    return ((LongColumn) groups.field(newestField)).values();
  }

  private long[] values(int field) {
    return ((LongColumn) rows.field(field)).values();
  }
}
