package io.millrace.operators.window;

import io.millrace.spi.time.Timeline;

/** When rows that are held leave. */
public sealed interface HeldUntil {

  /**
   * When there are more than so many.
   *
   * @param rows how many a window holds, positive
   * @param all whether the row that makes it full lets all go, itself too; else the oldest goes for
   *     the next one
   */
  record Full(long rows, boolean all) implements HeldUntil {}

  /**
   * When their time is so far back: so long behind the end of the window of a grid that a row is
   * in.
   *
   * @param grid the windows; those of a row that overlap begin at one of the grid
   * @param moreMillis how long behind the end rows still come
   * @param keptMillis how long behind the end they are held, at least as long
   * @param fromFirst whether the grid, a {@link WindowAssigner}, begins at the first row
   * @param byRows whether the times of rows count, too; else the watermark alone
   */
  record Deadline(
      WindowGrid grid, long moreMillis, long keptMillis, boolean fromFirst, boolean byRows)
      implements HeldUntil {

    /** When no window of a grid takes a row of a time any more. */
    long closes(WindowGrid windows, long time) {
      return behind(windows, time, moreMillis);
    }

    /** When a row of a time leaves, by a grid. */
    long leaves(WindowGrid windows, long time) {
      return behind(windows, time, keptMillis);
    }

    /** The last of the times whose rows leave together with those of a time. */
    static long lastWith(WindowGrid windows, long time) {
      long end = windows.end(windows.start(time));
      return end == Timeline.END ? end : end - 1;
    }

    private static long behind(WindowGrid windows, long time, long millis) {
      long end = windows.end(windows.start(time));
      return end > Timeline.END - millis ? Timeline.END : end + millis;
    }
  }
}
