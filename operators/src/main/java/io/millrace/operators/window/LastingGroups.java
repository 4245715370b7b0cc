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

  /** Takes the groups of a pane whose rows leave, and of which none has been removed. */
  void take(SlotTable pane) {
    for (int number = 0; number < pane.limit(); number++) {
      int group = pane.slot(number);
      if (((LongColumn) pane.field(ROWS)).values()[group] > 0) {
        take(pane, group);
      }
    }
  }

  private void take(SlotTable pane, int group) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = pane.key(k);
    }
    if (slots.length <= group) {
      slots = new int[2 * group + 1];
    }
    table.resolve(keys, group, group + 1, slots);
    source[0] = group;
    target[0] = slots[group];
    kernel.bind(table);
    kernel.merge(pane, source, target, 1);
    kernel.reset(target[0]);
  }

  /**
   * Begins groups with what is known of them.
   *
   * @param groups the keys of the first {@code count} rows
   * @param slots where they are in {@code whole}
   * @param known the groups of the whole whose numbers are below it have begun
   */
  void begin(Column[] groups, int count, SlotTable whole, int[] slots, int known) {
    for (int row = 0; row < count; row++) {
      int lasting = whole.number(slots[row]) < known ? -1 : table.find(groups, row);
      for (int i = 0; lasting >= 0 && i < fields; i++) {
        whole.field(i).copy(table.field(i), lasting, slots[row]);
      }
    }
  }
}
