package io.millrace.operators.window;

import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateContext;
import org.jspecify.annotations.Nullable;

/** The windows of rows that leave by their times, which may begin with the first row. */
final class HeldGrid {
  private final HeldUntil.Deadline until;

  /** Where the grid begins, and 1; 0 before the first row. */
  private final LongValue origin;

  /** The grid from the origin, once it has been asked for: state is restored after the opening. */
  private @Nullable WindowGrid begun;

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
    boolean isFirst = until.fromFirst() && origin.get() == 0;
    WindowGrid windows = isFirst ? from(Math.floorMod(time, sizeMillis())) : windows();
    boolean isLate = until.closes(windows, time) <= reached;
    if (isFirst && !isLate) {
      origin.set(Math.floorMod(time, sizeMillis()) + 1);
      begun = windows;
    }
    return isLate;
  }

  WindowGrid windows() {
    if (!until.fromFirst() || origin.get() == 0) {
      return until.grid();
    }
    WindowGrid windows = begun;
    if (windows == null) {
      windows = from(origin.get() - 1);
      begun = windows;
    }
    return windows;
  }

  private long sizeMillis() {
    return ((WindowAssigner) until.grid()).sizeMillis();
  }

  private WindowGrid from(long offsetMillis) {
    return new WindowAssigner(sizeMillis(), offsetMillis);
  }
}
