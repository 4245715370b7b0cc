package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;

/**
 * Which rows of its partition an analytic function sees for a row, in their order. The bounds are
 * counted from the row, what comes before it with a minus.
 *
 * @param unit what they are counted in
 * @param start the first; {@link #UNBOUNDED} for the first of all
 * @param end the last, not before the start; {@link #UNBOUNDED_END} for the last of all
 */
public record Frame(FrameUnit unit, long start, long end) {
  /** The start of a frame that has all rows from the first on. */
  public static final long UNBOUNDED = Long.MIN_VALUE;

  /** The end of a frame that has all rows up to the last. */
  public static final long UNBOUNDED_END = Long.MAX_VALUE;

  /** What a function sees if nothing is said, in the order of ROWTIME: all rows up to its own. */
  public static final Frame USUAL = new Frame(FrameUnit.ROWS, UNBOUNDED, 0);

  /** What it sees in another order: all rows up to its own and its peers. */
  public static final Frame UP_TO_PEERS = new Frame(FrameUnit.RANGE, UNBOUNDED, 0);

  /** What it sees without an order. */
  public static final Frame WHOLE_PARTITION = new Frame(FrameUnit.RANGE, UNBOUNDED, UNBOUNDED_END);

  public Frame {
    if (start > end) {
      throw new IllegalArgumentException("a frame from " + start + " to " + end);
    }
  }

  /** The one row that comes so many behind the row, or before it where it is negative. */
  public static Frame ofOneRow(long offset) {
    return new Frame(FrameUnit.ROWS, offset, offset);
  }

  /** The rows behind the row up to the one that makes so many in which a value is not NULL. */
  public static Frame upToValue(long count) {
    return new Frame(FrameUnit.VALUES, 1, count);
  }

  public boolean isRows() {
    return unit == FrameUnit.ROWS;
  }

  public boolean isRange() {
    return unit == FrameUnit.RANGE;
  }

  public boolean countsValues() {
    return unit == FrameUnit.VALUES;
  }

  public boolean isUnbounded() {
    return start == UNBOUNDED;
  }

  public boolean hasNoEnd() {
    return end == UNBOUNDED_END;
  }

  /** Whether its last row is the row itself, whatever comes with the same time. */
  public boolean endsWithRow() {
    return isRows() && end == 0;
  }

  /** Whether it waits for rows that come later. */
  public boolean takesFollowingRows() {
    return !isRange() && end > 0;
  }

  /**
   * The frame as it is written.
   *
   * @param isByTime whether distances of values are durations
   */
  String print(boolean isByTime) {
    return unit + " BETWEEN " + bound(start, isByTime) + " AND " + bound(end, isByTime);
  }

  private String bound(long offset, boolean isByTime) {
    if (offset == UNBOUNDED || offset == UNBOUNDED_END) {
      return "UNBOUNDED " + (offset == UNBOUNDED ? "PRECEDING" : "FOLLOWING");
    }
    if (offset == 0) {
      return "CURRENT ROW";
    }
    long distance = Math.abs(offset);
    return (!isRange() || !isByTime
            ? Long.toString(distance)
            : ExpressionPrinter.duration(distance))
        + (offset < 0 ? " PRECEDING" : " FOLLOWING");
  }
}
