package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.types.Schema;
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
  private int[] slots = new int[0];

  TickChanges(StateContext state, Schema input, PaneWindowSpec.Ticks ticks) {
    partition = ticks.partition();
    keys = new Column[partition.size()];
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
    resolve(from, to);
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
    of(pane);
    long[] rows = ((LongColumn) pane.field(0)).values();
    int from = 0;
    for (int slot = 0; slot <= pane.limit(); slot++) {
      if (slot == pane.limit() || rows[slot] == 0) {
        if (slot > from) {
          resolve(from, slot);
        }
        from = slot + 1;
      }
    }
  }

  private void of(SlotTable groups) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = groups.key(k);
    }
  }

  private void resolve(int from, int to) {
    if (slots.length < to) {
      slots = new int[Math.max(to, 2 * slots.length)];
    }
    changed.resolve(keys, from, to, slots);
  }

  /** Whether the partition of a group has changed. */
  IntPredicate changedIn(SlotTable groups) {
    of(groups);
    return group -> changed.find(keys, group) >= 0;
  }

  /** Forgets all changes, which have been sent. */
  void clear() {
    changed.clear();
  }
}
