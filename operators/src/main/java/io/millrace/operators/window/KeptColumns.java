package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a batch's rows as a window keeps them: the arguments of the aggregates, what else
 * is read of a row, the number of its group, and, where rows are numbered, its time and its own
 * number.
 */
final class KeptColumns {
  /** What the column of groups holds. */
  static final KeyNumber GROUP = new KeyNumber("groups", 0);

  private final WindowGroups spec;
  private final List<Integer> read;
  private final Column[] columns;
  private final int groupColumn;
  private final LongColumn groups = new LongColumn(0);

  /** What is kept behind the groups, unless the aggregates take it, too. */
  private final LongColumn times = new LongColumn(0);

  private final LongColumn numbers = new LongColumn(0);

  /** Before the groups, where the order is known in which rows have entered these. */
  private final LongColumn entered = new LongColumn(0);

  private final boolean knowsEntered;

  /**
   * @param ofWindow the columns in the input that are kept behind the arguments
   * @param knowsEntered whether rows refer to those of {@link EnteredRows}
   */
  KeptColumns(WindowGroups spec, List<Integer> ofWindow, boolean knowsEntered) {
    this.knowsEntered = knowsEntered;
    this.spec = spec;
    read = new ArrayList<>(ofWindow);
    read.addAll(spec.sentOfRows());
    groupColumn = spec.arguments().size() + read.size() + (knowsEntered ? 1 : 0);
    columns = new Column[groupColumn + (areNumbered() ? 3 : 1)];
  }

  /** Whether rows are kept with their times and numbers. */
  boolean areNumbered() {
    return spec.program().isOrdered() || spec.snapshots() != null || spec.holdsRows();
  }

  Column[] columns() {
    return columns;
  }

  /** The index of the column of groups. */
  int groupColumn() {
    return groupColumn;
  }

  /**
   * Takes the rows of a batch.
   *
   * @param taken the columns that have taken it
   * @param rowsArrived the number of the last row, if rows are numbered
   */
  void take(Batch batch, GroupColumns taken, @Nullable LongValue rowsArrived) {
    int count = batch.size();
    groups.ensureCapacity(count);
    int arguments = spec.arguments().size();
    System.arraycopy(taken.arguments(), 0, columns, 0, arguments);
    for (int i = 0; i < read.size(); i++) {
      columns[arguments + i] = batch.column(read.get(i));
    }
    columns[groupColumn] = groups;
    if (knowsEntered) {
      entered.ensureCapacity(count);
      columns[groupColumn - 1] = entered;
    }
    if (rowsArrived != null) {
      number(batch, taken, rowsArrived.get());
      rowsArrived.set(rowsArrived.get() + count);
    }
  }

  /**
   * Gives the rows of a batch their numbers.
   *
   * @param before the number before that of the first row
   */
  private void number(Batch batch, GroupColumns taken, long before) {
    if (spec.program().isOrdered()) {
      taken.number(batch.size(), before);
      System.arraycopy(taken.arguments(), spec.arguments().size(), columns, groupColumn + 1, 2);
      return;
    }
    times.ensureCapacity(batch.size());
    numbers.ensureCapacity(batch.size());
    System.arraycopy(batch.rowtimes(), 0, times.values(), 0, batch.size());
    for (int row = 0; row < batch.size(); row++) {
      numbers.values()[row] = before + 1 + row;
    }
    columns[groupColumn + 1] = times;
    columns[groupColumn + 2] = numbers;
  }

  /** By row of the batch, the number of its group. */
  LongColumn groups() {
    return groups;
  }

  /** The number of the group of a row of the batch. */
  int groupOf(int row) {
    return (int) groups.values()[row];
  }

  void groupOf(int row, int group) {
    groups.values()[row] = group;
  }

  /** Notes a row of the batch among those that have entered. */
  void entered(int row, long number) {
    entered.values()[row] = number;
  }

  /** See {@link EnteredRows#NUMBER}; of columns of rows as they are kept. */
  long entered(Column[] rows, int index) {
    return ((LongColumn) rows[groupColumn - 1]).values()[index];
  }

  /** Of rows that are numbered. */
  long time(int row) {
    return ((LongColumn) columns[groupColumn + 1]).values()[row];
  }

  /** Of rows that are numbered. */
  long number(int row) {
    return ((LongColumn) columns[groupColumn + 2]).values()[row];
  }

  List<DataType> types() {
    List<DataType> types = new ArrayList<>(spec.types(spec.arguments()));
    types.addAll(spec.types(read));
    while (types.size() < columns.length) {
      types.add(DataType.BIGINT);
    }
    return types;
  }

  /** The columns as fields of a table. */
  List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    List<DataType> types = types();
    for (int i = 0; i < types.size(); i++) {
      String name = "kept_" + i;
      if (knowsEntered && i == groupColumn - 1) {
        fields.add(StateType.of(name, EnteredRows.NUMBER));
      } else {
        fields.add(i == groupColumn ? StateType.of(name, GROUP) : StateType.of(name, types.get(i)));
      }
    }
    return fields;
  }
}
