package io.millrace.operators.window;

/**
 * Finds the panes of times that are mostly in the same pane as the one before: without dividing.
 */
final class PaneOfTime {
  private final PaneGrid grid;
  private long pane;
  private long start;

  /** The first time behind the pane, or the end of time. */
  private long end;

  PaneOfTime(PaneGrid grid) {
    this.grid = grid;
    look(0);
  }

  /** The number of the pane that a time is in. */
  long pane(long time) {
    if (!isInside(time)) {
      look(time);
    }
    return pane;
  }

  /** Behind the last of the rows from {@code from} on that are in the pane of the first. */
  int runEnd(long[] times, int from, int to) {
    pane(times[from]);
    int behind = from + 1;
    while (behind < to && isInside(times[behind])) {
      behind++;
    }
    return behind;
  }

  private boolean isInside(long time) {
    return start <= time && time < end;
  }

  private void look(long time) {
    pane = grid.pane(time);
    start = grid.start(pane);
    end = grid.start(pane + 1);
  }
}
