package io.millrace.operators.window;

import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateContext;

/** The windows of rows that leave by their times, which may begin with the first row. */
final class HeldGrid {
  private final HeldUntil.Deadline until;

  /** Where the grid begins, and 1; 0 before the first row. */
  private final LongValue origin;

  HeldGrid(HeldUntil.Deadline until, StateContext state) {
    this.until = until;
    this.origin = state.longValue("origin");
  }

  /**
   * Whether no window takes a row any more; one that is taken, and is the first, begins the grid.
   *
   * @param reached how far time is before the row
   */
  boolean isLate(long time, long reached) {
    if (until.fromFirst() && origin.get() == 0) {
      long size = ((WindowAssigner) until.grid()).sizeMillis();
      WindowGrid first = new WindowAssigner(size, Math.floorMod(time, size));
      if (until.closes(first, time) > reached) {
        origin.set(Math.floorMod(time, size) + 1);
      }
      return until.closes(first, time) <= reached;
    }
    return until.closes(windows(), time) <= reached;
  }

  WindowGrid windows() {
    return until.fromFirst() && origin.get() > 0
        ? new WindowAssigner(((WindowAssigner) until.grid()).sizeMillis(), origin.get() - 1)
        : until.grid();
  }
}
