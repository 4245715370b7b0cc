package io.millrace.operators.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows with a start and an end that rows are in by their times. A window is named by a number,
 * one that ends later by a greater one; those that a row is in follow from the number of its pane.
 * Pure arithmetic.
 */
public sealed interface ClosingWindows {
  /** The pane that a time is in. */
  long pane(long time);

  /**
   * The name of the first window behind a pane, or behind a window with the name {@code pane}; of
   * those that have the pane, the first.
   */
  long nextName(long pane);

  /** The name of the last window that has a pane. */
  long lastName(long pane);

  /** The first time of a window. */
  long start(long name);

  /** The end of a window, which is no time of it. */
  long end(long name);

  /** The windows in one line, for EXPLAIN. */
  String describe();

  /**
   * Windows that are made of panes, and may overlap; they are named by the panes before which they
   * end.
   */
  record OfPanes(PaneWindows windows) implements ClosingWindows {
    @Override
    public long pane(long time) {
      return windows.grid().pane(time);
    }

    @Override
    public long nextName(long pane) {
      return windows.nextEnd(pane);
    }

    @Override
    public long lastName(long pane) {
      return windows.lastEnd(pane);
    }

    @Override
    public long start(long name) {
      return windows.grid().start(windows.first(name));
    }

    @Override
    public long end(long name) {
      return windows.grid().start(name);
    }

    @Override
    public String describe() {
      return windows instanceof PaneWindows.Hopping hopping
              && hopping.sizeMillis() == hopping.slideMillis()
          ? "TumblingWindow " + hopping.sizeMillis() + " ms"
          : windows.describe();
    }
  }

  /**
   * Windows one behind the other; a pane is a window, and is its start. A name is one more.
   *
   * @param partition for windows that are counted from the first row of each partition, which the
   *     grid is for a first row at the epoch, its columns in the input; null for others
   */
  record Successive(WindowGrid grid, @Nullable List<Integer> partition) implements ClosingWindows {
    public Successive {
      partition = partition == null ? null : List.copyOf(partition);
    }

    @Override
    public long pane(long time) {
      return grid.start(time);
    }

    @Override
    public long nextName(long pane) {
      return pane + 1;
    }

    @Override
    public long lastName(long pane) {
      return pane + 1;
    }

    @Override
    public long start(long name) {
      return name - 1;
    }

    @Override
    public long end(long name) {
      return grid.end(name - 1);
    }

    /** The size of windows that are counted from the first row of each partition. */
    long sizeMillis() {
      return grid.end(0);
    }

    @Override
    public String describe() {
      return partition == null ? grid.describe() : "TimeBatch " + sizeMillis() + " ms";
    }
  }
}
