package io.millrace.operators.window;

import io.millrace.operators.kernel.MergingKernel;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;

/**
 * What lasting aggregates know of rows that have left the window: for each group that has had any,
 * a group without rows, in which only the fields of those aggregates hold something.
 */
final class LastingGroups {
  /** The field of a group that holds the number of its rows. */
  private static final int ROWS = 0;

  private final MergingKernel kernel;
  private final SlotTable table;
  private final int fields;
  private final Column[] keys;
  private final int[] source = new int[1];
  private final int[] target = new int[1];
  private int[] slots = new int[0];

  /**
   * @param groups of panes, whose fields begin with those of aggregates
   * @param fields how many fields aggregates have
   */
  LastingGroups(StateContext state, SlotTableSpec groups, int fields, MergingKernel kernel) {
    this.kernel = kernel;
    this.fields = fields;
    this.keys = new Column[groups.keys().size()];
    table =
        state.slotTable(
            new SlotTableSpec(
                    "lasting", groups.version(), groups.keys(), groups.fields().subList(0, fields))
                .keyedBy(groups.inputs()));
  }

  private void of(SlotTable groups) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = groups.key(k);
    }
  }

  /** Takes the groups of a pane whose rows leave. */
  void take(SlotTable pane) {
    of(pane);
    if (slots.length < pane.limit()) {
      slots = new int[Math.max(pane.limit(), 2 * slots.length)];
    }
    long[] rows = ((LongColumn) pane.field(ROWS)).values();
    for (int group = 0; group < pane.limit(); group++) {
      if (rows[group] > 0) {
        table.resolve(keys, group, group + 1, slots);
        source[0] = group;
        target[0] = slots[group];
        kernel.bind(table);
        kernel.merge(pane, source, target, 1);
        kernel.reset(target[0]);
      }
    }
  }

  /**
   * Begins groups with what is known of them.
   *
   * @param pane in which they are the groups {@code [from, to)}
   * @param slots where they are in {@code whole}, by their number in the pane
   * @param known the groups of the whole below it have begun
   */
  void begin(SlotTable pane, int from, int to, SlotTable whole, int[] slots, int known) {
    of(pane);
    for (int group = from; group < to; group++) {
      int lasting = slots[group] < known ? -1 : table.find(keys, group);
      for (int i = 0; lasting >= 0 && i < fields; i++) {
        whole.field(i).copy(table.field(i), lasting, slots[group]);
      }
    }
  }
}
