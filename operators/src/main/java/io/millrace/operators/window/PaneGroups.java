package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
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
  private int[] sources = new int[0];
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
    int limit = pane.limit();
    pane.resolve(rowKeys, from, to, slots);
    kernel.bind(pane);
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(pane, batch, from, to, slots, errors);
    newest.note(pane, batch, from, to, slots, limit, errors);
  }

  /** The rows that have been refused since they were given away, which are in no group. */
  RowErrors refused() {
    return errors;
  }

  /** Adds all groups of a pane, none of which has been removed, to those of another one. */
  void merge(SlotTable pane, SlotTable target) {
    merge(pane, 0, pane.limit(), target, null);
  }

  /**
   * Adds all groups of a pane to those of a window.
   *
   * @param lasting with what groups of the window begin; null if with nothing
   */
  void merge(SlotTable pane, SlotTable window, @Nullable LastingGroups lasting) {
    merge(pane, 0, pane.limit(), window, lasting);
  }

  /** Adds one group of a pane to the group of its first keys in a window. */
  void merge(SlotTable pane, int slot, SlotTable window, @Nullable LastingGroups lasting) {
    merge(pane, slot, slot + 1, window, lasting);
  }

  private void merge(
      SlotTable pane, int from, int to, SlotTable target, @Nullable LastingGroups lasting) {
    ensureSlots(to);
    if (keys.length != keyCount) {
      keys = new Column[keyCount];
    }
    for (int k = 0; k < keyCount; k++) {
      keys[k] = pane.key(k);
    }
    int limit = target.limit();
    target.resolve(keys, from, to, slots);
    if (lasting != null) {
      lasting.begin(pane, from, to, target, slots, limit);
    }
    int count = takeGroupsWithRows(pane, from, to);
    kernel.bind(target);
    kernel.merge(pane, sources, slots, count);
    order.merge(target, pane, sources, slots, count);
    newest.merge(target, pane, sources, slots, count, limit);
  }

  /**
   * Makes those of the groups {@code [from, to)} that have rows the sources: all rows of the others
   * have been refused. Puts their targets beside them, and gives how many they are.
   */
  private int takeGroupsWithRows(SlotTable pane, int from, int to) {
    long[] rows = ((LongColumn) pane.field(ROWS)).values();
    int count = 0;
    for (int slot = from; slot < to; slot++) {
      if (rows[slot] > 0) {
        sources[count] = slot;
        slots[count++] = slots[slot];
      }
    }
    return count;
  }

  private void ensureSlots(int count) {
    if (slots.length < count) {
      slots = new int[Math.max(count, 2 * slots.length)];
      sources = new int[slots.length];
    }
  }
}
