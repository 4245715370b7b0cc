package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.types.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The partitions of which a row has come or gone since the last tick: those of panes that the
 * window has at this tick for the first time, of panes that it no longer has, and of rows that came
 * into panes that it had already.
 */
final class TickChanges {
  private static final int VERSION = 1;
  private final List<Integer> partition;
  private final SlotTable changed;
  private final Column[] keys;

  /** The keys of groups, beside each other. */
  private final Column[] keysOfGroups;

  private final int[] groups = new int[SlotTable.HELD];
  private int[] slots = new int[SlotTable.HELD];

  TickChanges(StateContext state, Schema input, PaneWindowSpec.Ticks ticks) {
    partition = ticks.partition();
    keys = new Column[partition.size()];
    keysOfGroups = new Column[partition.size()];
    Arrays.setAll(
        keysOfGroups, k -> Column.of(input.type(partition.get(k)).layout(), SlotTable.HELD));
    changed =
        state.slotTable(
            new SlotTableSpec(
                "changed", VERSION, partition.stream().map(input::type).toList(), List.of()));
  }

  /** The end of the next window that something enters or leaves, or has entered late. */
  long nextEnd(PaneWindows windows, PaneLevels panes, long closed) {
    long leaves = windows.nextEnd(windows.lastEnd(panes.first()));
    long entering = panes.firstFrom(closed);
    long next = entering == Long.MAX_VALUE ? leaves : Math.min(leaves, windows.nextEnd(entering));
    return changed.size() == 0 ? next : Math.min(next, windows.nextEnd(closed));
  }

  /** Notes rows that came late. */
  void note(Batch batch, int from, int to) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(partition.get(k));
    }
    if (slots.length < to) {
      slots = new int[Math.max(to, 2 * slots.length)];
    }
    changed.resolve(keys, from, to, slots);
  }

  /**
   * Notes what enters the window of the panes {@code [first, end)} and leaves it.
   *
   * @param closed the end of the window before
   */
  void note(PaneLevels panes, long closed, long first, long end) {
    for (long pane = panes.first(); pane < first; pane = panes.firstFrom(pane + 1)) {
      note(panes.pane(pane));
    }
    for (long pane = panes.firstFrom(closed); pane < end; pane = panes.firstFrom(pane + 1)) {
      note(panes.pane(pane));
    }
  }

  /** Groups whose rows have all failed are left out. */
  private void note(SlotTable pane) {
    for (int from = 0; from < pane.limit(); from += groups.length) {
      int all = Math.min(pane.limit() - from, groups.length);
      for (int i = 0; i < all; i++) {
        groups[i] = from + i;
      }
      pane.slots(groups, 0, all, groups);
      long[] rows = ((LongColumn) pane.field(0)).values();
      int count = 0;
      for (int i = 0; i < all; i++) {
        if (rows[groups[i]] > 0) {
          groups[count++] = groups[i];
        }
      }
      for (int k = 0; k < keysOfGroups.length; k++) {
        keysOfGroups[k].gather(pane.key(k), groups, count, 0);
      }
      changed.resolve(keysOfGroups, 0, count, slots);
    }
  }

  /** Whether the partition of a group, which is given by its number, has changed. */
  IntPredicate changedIn(SlotTable table) {
    return number -> {
      int slot = table.slot(number);
      for (int k = 0; k < keys.length; k++) {
        keys[k] = table.key(k);
      }
      return changed.find(keys, slot) >= 0;
    };
  }

  /** Forgets all changes, which have been sent. */
  void clear() {
    changed.clear();
  }
}
