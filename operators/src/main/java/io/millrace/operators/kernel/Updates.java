package io.millrace.operators.kernel;

/** What happens to the groups of aggregates, which decides how their state is made. */
public enum Updates {
  /** Rows come. One with which a result would overflow is refused. */
  ADD,
  /**
   * As {@link #ADD}; a row goes into groups of several tables, or into none: a {@link
   * CheckingKernel} says before whether it takes it.
   */
  ADD_TO_SEVERAL,
  /** Rows come and go, in the order in which they came. */
  RETRACT,
  /**
   * Rows come in any order and go in that of their times, equal times in the order in which they
   * came. Behind the arguments stands a column of the rows' times.
   */
  RETRACT_BY_TIME,
  /** Rows come, and groups become one: as {@link #ADD}, with a {@link MergingKernel}. */
  MERGE,
  /**
   * Groups are parts of the groups that have results, as the panes of a window are: a {@link
   * MergingKernel} puts them together. No part knows the result, so no row is refused for an
   * overflow; a sum that is out of its range is NULL.
   */
  PARTIAL,
  /** Rows come and go in any order. */
  RETRACT_ANY;

  /** Whether rows come, one by one, and nothing else happens. */
  public boolean isAdding() {
    return this == ADD || this == ADD_TO_SEVERAL;
  }

  /** Whether rows can be taken back. */
  public boolean isRetractable() {
    return this == RETRACT || this == RETRACT_BY_TIME || this == RETRACT_ANY;
  }

  /** Whether groups can be put together. */
  public boolean isMerging() {
    return this == MERGE || this == PARTIAL;
  }
}
