package io.millrace.operators.window;

import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;

/**
 * Groups whose rows are counted by their aggregates, named by their numbers. Those that have become
 * empty go at the end of a call, unless they last: until then all numbers stay what they are.
 */
final class CountedGroups {
  private static final int ROW_COUNT = 0;
  private final SlotTable table;
  private final AggregateKernel kernel;
  private final boolean areLasting;

  /** Those that may be empty at the end of the call. */
  private final TouchedGroups left = new TouchedGroups();

  /**
   * @param areLasting whether they stay when they are empty
   */
  CountedGroups(SlotTable table, AggregateKernel kernel, boolean areLasting) {
    this.table = table;
    this.kernel = kernel;
    this.areLasting = areLasting;
  }

  /** The slot of a group that is changed next, by the kernel too. */
  int changing(int group) {
    int slot = table.slot(group);
    table.touch(slot);
    kernel.bind(table);
    return slot;
  }

  /** The slot of a group whose results are read next. */
  int reading(int group) {
    int slot = table.slot(group);
    kernel.bind(table);
    return slot;
  }

  long rowsOf(int group) {
    return rowsAt(table.slot(group));
  }

  long rowsAt(int slot) {
    return rowCounts()[slot];
  }

  /** The numbers of rows by slot, until another slot is asked for. */
  long[] rowCounts() {
    return ((LongColumn) table.field(ROW_COUNT)).values();
  }

  void noteIfEmpty(int group) {
    if (rowsOf(group) == 0) {
      noteEmpty(group);
    }
  }

  /** Notes a group that is empty. */
  void noteEmpty(int group) {
    if (!areLasting) {
      left.add(group);
    }
  }

  /** Drops the groups that have been noted and are empty still. */
  void dropEmpty() {
    for (int i = 0; i < left.count(); i++) {
      int group = left.get(i);
      if (table.isUsed(group) && rowsOf(group) == 0) {
        table.remove(table.slot(group));
      }
    }
    left.clear();
  }

  /** Writes the key of a group. */
  void writeKey(int group, int columns, Column[] out, int to) {
    int slot = table.slot(group);
    for (int k = 0; k < columns; k++) {
      out[k].copy(table.key(k), slot, to);
    }
  }
}
