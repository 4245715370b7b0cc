package io.millrace.operators.analytic;

/** What the bounds of a frame are counted in. */
public enum FrameUnit {
  ROWS,
  /** Distances between values of the order, which are milliseconds in the order of time. */
  DISTANCE,
  /**
   * Rows in which the first argument is not NULL: the frame has all rows behind its own up to the
   * one that makes them so many.
   */
  VALUES
}
