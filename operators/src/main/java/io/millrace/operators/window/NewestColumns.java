package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTable;

/** Columns of the newest row of each group, which are sent where another row sends the group. */
interface NewestColumns {
  /** Writes the columns of a group into {@code out}, at columns from {@code firstColumn} on. */
  void write(SlotTable groups, int slot, Column[] out, int firstColumn, int row);
}
