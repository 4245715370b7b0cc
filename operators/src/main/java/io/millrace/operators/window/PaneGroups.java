package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts rows into the groups of panes, and panes together. */
final class PaneGroups {
  /** The field of a group that holds the number of its rows. */
  private static final int ROWS = 0;

  private final MergingKernel kernel;
  private final GroupColumns columns;
  private final GroupOrder order;
  private final NewestRows newest;
  private final int keyCount;

  /** The rows that a user's aggregate has refused; nothing else does in parts of a result. */
  private final RowErrors errors = new RowErrors();

  private int[] slots = new int[0];
  private final int[] sources = new int[SlotTable.HELD];

  /** The keys of groups that are put together with others, beside each other. */
  private Column[] keys = new Column[0];

  PaneGroups(
      MergingKernel kernel, GroupColumns columns, GroupOrder order, NewestRows newest, int keys) {
    this.kernel = kernel;
    this.columns = columns;
    this.order = order;
    this.newest = newest;
    this.keyCount = keys;
  }

  /**
   * Adds rows {@code [from, to)} to a pane, but for those that are refused.
   *
   * @param rowKeys the columns of the pane's key
   */
  void add(SlotTable pane, Column[] rowKeys, Batch batch, int from, int to) {
    ensureSlots(to);
    pane.resolve(rowKeys, from, to, slots);
    kernel.bind(pane);
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(pane, batch, from, to, slots, errors);
    newest.note(pane, batch, from, to, slots, errors);
  }

  /** The rows that have been refused since they were given away, which are in no group. */
  RowErrors refused() {
    return errors;
  }

  /** Adds all groups of a pane, none of which has been removed, to those of another one. */
  void merge(SlotTable pane, SlotTable target) {
    merge(pane, target, null);
  }

  /**
   * Adds all groups of a pane to those of a window.
   *
   * @param lasting with what groups of the window begin; null if with nothing
   */
  void merge(SlotTable pane, SlotTable window, @Nullable LastingGroups lasting) {
    for (int from = 0; from < pane.limit(); from += sources.length) {
      merge(pane, from, Math.min(pane.limit(), from + sources.length), window, lasting);
    }
  }

  /** Adds the group of a number in a pane to the group of its first keys in a window. */
  void merge(SlotTable pane, int number, SlotTable window, @Nullable LastingGroups lasting) {
    merge(pane, number, number + 1, window, lasting);
  }

  private void merge(
      SlotTable pane, int from, int to, SlotTable target, @Nullable LastingGroups lasting) {
    ensureSlots(to - from);
    int count = takeGroups(pane, from, to);
    int known = target.limit();
    target.resolve(keys, 0, count, slots);
    if (lasting != null) {
      lasting.begin(keys, count, target, slots, known);
    }
    count = leaveOutWithoutRows(pane, count);
    kernel.bind(target);
    kernel.merge(pane, sources, slots, count);
    order.merge(target, pane, sources, slots, count);
    newest.merge(target, pane, sources, slots, count);
  }

  /**
   * Makes groups of a pane the sources, puts their keys beside them, and gives how many they are.
   */
  private int takeGroups(SlotTable pane, int from, int to) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      sources[i] = from + i;
    }
    pane.slots(sources, 0, count, sources);
    if (keys.length != keyCount) {
      keys = new Column[keyCount];
      Arrays.setAll(keys, k -> Column.of(pane.key(k).layout(), sources.length));
    }
    for (int k = 0; k < keyCount; k++) {
      keys[k].gather(pane.key(k), sources, count, 0);
    }
    return count;
  }

  /**
   * Leaves those out of the first sources, and of their targets, all rows of which have been
   * refused, and gives how many are left.
   */
  private int leaveOutWithoutRows(SlotTable pane, int sourceCount) {
    long[] rows = ((LongColumn) pane.field(ROWS)).values();
    int count = 0;
    for (int i = 0; i < sourceCount; i++) {
      if (rows[sources[i]] > 0) {
        sources[count] = sources[i];
        slots[count++] = slots[i];
      }
    }
    return count;
  }

  private void ensureSlots(int count) {
    if (slots.length < count) {
      slots = new int[Math.max(count, 2 * slots.length)];
    }
  }
}
