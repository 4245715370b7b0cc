package io.millrace.runtime.rescale;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import java.util.List;

/**
 * Which task the keys of a table go to: by the values by which the exchange spreads rows, if the
 * key has them all, else where a key of another table has gone that they refer to.
 */
final class KeyRoute {
  private static final int NOT_THERE = -1;
  private final SlotTableSpec spec;
  private final int tasks;

  /** For each key of the exchange its place in the table's key. */
  private final int[] places;

  private final Column[] hashed;
  private final boolean isByHash;

  KeyRoute(SlotTableSpec spec, TaskKeys keys) {
    this.spec = spec;
    this.tasks = keys.tasks();
    places = keys.columns().stream().mapToInt(columns -> place(spec, columns)).toArray();
    hashed = new Column[places.length];
    boolean all = places.length > 0;
    for (int place : places) {
      all &= place != NOT_THERE;
    }
    isByHash = all;
  }

  private static int place(SlotTableSpec spec, List<Integer> columns) {
    for (int i = 0; i < spec.inputs().size(); i++) {
      if (columns.contains(spec.inputs().get(i))) {
        return i;
      }
    }
    return NOT_THERE;
  }

  /**
   * The task that gets a row.
   *
   * @param columns those of the operator's input, and maybe more
   */
  static int taskOfRow(Column[] columns, int row, TaskKeys keys) {
    Column[] hashed = keys.columns().stream().map(of -> columns[of.get(0)]).toArray(Column[]::new);
    return keys.tasks() == 1
        ? 0
        : KeyGroups.task(KeyHash.hash(hashed, hashed.length, row), keys.tasks());
  }

  int task(SlotTable table, int slot, MovedKeys moved) {
    if (tasks == 1) {
      return 0;
    }
    if (isByHash) {
      for (int i = 0; i < places.length; i++) {
        hashed[i] = table.key(places[i]);
      }
      return KeyGroups.task(KeyHash.hash(hashed, hashed.length, slot), tasks);
    }
    for (int i = 0; i < spec.fields().size(); i++) {
      KeyNumber number = spec.fields().get(i).number();
      if (number != null && !number.table().equals(spec.name())) {
        return moved.task(number, ((LongColumn) table.field(i)).values()[slot]);
      }
    }
    throw new IllegalStateException(
        "table '" + spec.name() + "' does not say to which task its keys belong");
  }
}
