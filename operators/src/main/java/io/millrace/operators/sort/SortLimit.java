package io.millrace.operators.sort;

import io.millrace.spi.error.MillraceException;

/**
 * How many rows an operator may hold that waits for their turn, and what happens to a row for which
 * there is no room.
 *
 * @param rows at least 1
 * @param isLateBeyond whether such a row is given away as a late one; else the job stops
 * @param hasLate whether there are late rows at all, so that it could be
 */
public record SortLimit(long rows, boolean isLateBeyond, boolean hasLate) {
  /** As many as there is memory for. */
  public static final SortLimit NONE = new SortLimit(Long.MAX_VALUE, false);

  public SortLimit(long rows, boolean isLateBeyond) {
    this(rows, isLateBeyond, true);
  }

  /** As many, where no row is late: for one more the job stops, whatever is said. */
  public SortLimit withoutLate() {
    return new SortLimit(rows, false, false);
  }

  /**
   * Why a job stops that has no room for a row.
   *
   * @param work what needs the room
   * @param cause what may be the reason
   */
  public MillraceException exceeded(String work, String cause) {
    return new MillraceException(
        work
            + " takes more than "
            + rows
            + " rows at a time: "
            + cause
            + "; raise 'sort.max.rows'"
            + (hasLate ? ", or say SET 'sort.overflow' = 'late'" : ""));
  }

  /** What EXPLAIN says of it behind what the operator is. */
  public String describe() {
    return rows == NONE.rows
        ? ""
        : ", at most " + rows + " rows" + (isLateBeyond ? ", others late" : "");
  }
}
