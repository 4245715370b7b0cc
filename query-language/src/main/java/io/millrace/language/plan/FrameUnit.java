package io.millrace.language.plan;

/** What the bounds of a frame are counted in. */
public enum FrameUnit {
  /** Rows. */
  ROWS,
  /** Distances between values of the order, which are milliseconds for times; both ends belong. */
  RANGE,
  /**
   * Rows in which the argument of the frame's only call is not NULL: the frame has all rows behind
   * its own up to the one that makes them so many.
   */
  VALUES
}
