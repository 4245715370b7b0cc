package io.millrace.operators.join;

import io.millrace.spi.error.MillraceException;

/**
 * How many rows a join may hold of each side for the other one, and what happens to a row for which
 * there is no room.
 *
 * @param rows at least 1
 * @param isLateBeyond whether such a row is given away as a late one; else the job stops
 */
public record JoinLimit(long rows, boolean isLateBeyond) {
  /** As many as there is memory for. */
  public static final JoinLimit NONE = new JoinLimit(Long.MAX_VALUE, false);

  private static final String CAUSE =
      " rows of a side at a time: the watermark of the other side does not move on, or rows stay"
          + " long; raise 'join.max.rows', or say SET 'join.overflow' = 'late'";

  /** Why a job stops that has no room for a row of a join within a time. */
  MillraceException exceededWithin() {
    return new MillraceException("a join holds more than " + rows + CAUSE);
  }

  /** As {@link #exceededWithin}, of rows that may be taken back, none of which can be late. */
  MillraceException exceededByTakenBack() {
    return new MillraceException(
        "a join holds more than "
            + rows
            + " rows of a side that may be taken back: the watermark of the other side does not move"
            + " on, or rows stay long; raise 'join.max.rows', or leave out WITH RETRACTIONS");
  }

  /** As {@link #exceededWithin}, of a join of windows. */
  MillraceException exceededByWindows() {
    return new MillraceException("a join of windows holds back more than " + rows + CAUSE);
  }

  /**
   * What EXPLAIN says of it behind what the join is.
   *
   * @param areTakenBack whether rows of a side may be taken back, none of which can be late
   */
  String describe(boolean areTakenBack) {
    return equals(NONE)
        ? ""
        : ", at most "
            + rows
            + " rows of a side"
            + (isLateBeyond ? ", others late" : "")
            + (isLateBeyond && areTakenBack ? " but for those that may be taken back" : "");
  }
}
