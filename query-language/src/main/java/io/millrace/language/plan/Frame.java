package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;

/**
 * Which rows of its partition an analytic function sees for a row, in the order of event times. The
 * bounds are counted from the row, what comes before it with a minus: rows, or milliseconds that
 * include both ends.
 *
 * @param isRows whether rows are counted, not time
 * @param start the first; {@link #UNBOUNDED} for the first of all
 * @param end the last, not before the start
 */
public record Frame(boolean isRows, long start, long end) {
  /** The start of a frame that has all rows from the first on. */
  public static final long UNBOUNDED = Long.MIN_VALUE;

  /** What a function sees if nothing is said: all rows up to its own. */
  public static final Frame USUAL = new Frame(true, UNBOUNDED, 0);

  public Frame {
    if (start > end) {
      throw new IllegalArgumentException("a frame from " + start + " to " + end);
    }
  }

  /** The one row that comes so many behind the row, or before it where it is negative. */
  public static Frame ofOneRow(long offset) {
    return new Frame(true, offset, offset);
  }

  public boolean isUnbounded() {
    return start == UNBOUNDED;
  }

  /** Whether its last row is the row itself, whatever comes with the same time. */
  public boolean endsWithRow() {
    return isRows && end == 0;
  }

  /** Whether it waits for rows that come later. */
  public boolean takesFollowingRows() {
    return isRows && end > 0;
  }

  /** The frame as it is written. */
  String print() {
    return (isRows ? "ROWS" : "RANGE") + " BETWEEN " + bound(start) + " AND " + bound(end);
  }

  private String bound(long offset) {
    if (offset == UNBOUNDED) {
      return "UNBOUNDED PRECEDING";
    }
    if (offset == 0) {
      return "CURRENT ROW";
    }
    long distance = Math.abs(offset);
    return (isRows ? Long.toString(distance) : ExpressionPrinter.duration(distance))
        + (offset < 0 ? " PRECEDING" : " FOLLOWING");
  }
}
