package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Panes, and the panes of two, four, eight … of them that windows have in common: a window of a
 * thousand panes is put together of some twenty, and a row goes into one pane, or, if it comes
 * behind the first window that has it, into the some ten that are there (the flat aggregation tree
 * of Tangwongsan, Hirzel, Schneider and Wu, General incremental sliding-window aggregation, 2015,
 * over aligned ranges).
 *
 * <p>Node {@code n} of level {@code l} holds panes {@code [n << l, (n + 1) << l)}. It is made when
 * a window needs it, and only if both its halves hold anything.
 */
final class PaneLevels {
  private final Panes[] levels;
  private final PaneGroups groups;

  /**
   * @param most the number of panes in the greatest window
   */
  PaneLevels(StateContext state, SlotTableSpec table, long most, PaneGroups groups) {
    levels = new Panes[Long.SIZE - Long.numberOfLeadingZeros(most)];
    for (int level = 0; level < levels.length; level++) {
      String name = level == 0 ? table.name() : table.name() + "_" + level;
      levels[level] =
          state.panes(
              new PanesSpec(
                  new SlotTableSpec(name, table.version(), table.keys(), table.fields())
                      .keyedBy(table.inputs()),
                  level > 0));
    }
    this.groups = groups;
  }

  boolean isEmpty() {
    return levels[0].isEmpty();
  }

  /** The first pane; {@link Long#MAX_VALUE} if there is none. */
  long first() {
    return levels[0].firstTime();
  }

  /** The first pane that is not before {@code pane}; {@link Long#MAX_VALUE} if there is none. */
  long firstFrom(long pane) {
    return pane == Long.MIN_VALUE ? first() : levels[0].nextTime(pane - 1);
  }

  /** The table of a pane that is there. */
  SlotTable pane(long pane) {
    return levels[0].pane(pane);
  }

  /**
   * Adds rows to a pane and to all that holds it.
   *
   * @param isSeen whether a window that has the pane may have been visited
   */
  void add(long pane, boolean isSeen, Column[] keys, Batch batch, int from, int to) {
    groups.add(levels[0].pane(pane), keys, batch, from, to);
    for (int level = 1; isSeen && level < levels.length; level++) {
      if (isThere(level, pane >> level)) {
        groups.add(levels[level].pane(pane >> level), keys, batch, from, to);
      }
    }
  }

  /**
   * Gives tables that together hold the panes {@code [from, to)}, in the order of time.
   *
   * @param reused the first pane that the next window has: only ranges behind it are worth making
   */
  void visit(long from, long to, long reused, Consumer<SlotTable> visitor) {
    for (long at = from; firstFrom(at) < to; ) {
      int level = greatestLevel(at, to, reused);
      SlotTable node = node(level, at >> level);
      if (node != null) {
        visitor.accept(node);
      }
      at += 1L << level;
    }
  }

  private int greatestLevel(long at, long to, long reused) {
    for (int level = levels.length - 1; level > 0; level--) {
      long size = 1L << level;
      boolean fits = (at & (size - 1)) == 0 && at <= to - size;
      if (fits && (at >= reused || isThere(level, at >> level))) {
        return level;
      }
    }
    return 0;
  }

  /**
   * The table of a node; of one whose other half is empty, that of its half; null if it is empty.
   */
  private @Nullable SlotTable node(int level, long number) {
    if (isThere(level, number)) {
      return levels[level].pane(number);
    }
    if (level == 0 || firstFrom(number << level) >= (number + 1) << level) {
      return null;
    }
    SlotTable first = node(level - 1, 2 * number);
    SlotTable second = node(level - 1, 2 * number + 1);
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    SlotTable both = levels[level].pane(number);
    groups.merge(first, both);
    groups.merge(second, both);
    return both;
  }

  private boolean isThere(int level, long number) {
    return number > Long.MIN_VALUE && levels[level].nextTime(number - 1) == number;
  }

  /** Removes all that holds panes before {@code pane}. */
  void removeBefore(long pane) {
    for (int level = 0; level < levels.length; level++) {
      Panes panes = levels[level];
      while (!panes.isEmpty() && panes.firstTime() << level < pane) {
        panes.remove(panes.firstTime());
      }
    }
  }
}
