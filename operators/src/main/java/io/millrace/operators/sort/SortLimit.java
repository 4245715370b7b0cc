package io.millrace.operators.sort;

/**
 * How many rows a sorting operator may hold, and what happens to a row for which there is no room.
 *
 * @param rows at least 1
 * @param isLateBeyond whether such a row is given away as a late one; else the job stops
 */
public record SortLimit(long rows, boolean isLateBeyond) {
  /** As many as there is memory for. */
  public static final SortLimit NONE = new SortLimit(Long.MAX_VALUE, false);

  /** What EXPLAIN says of it behind what the operator is. */
  public String describe() {
    return equals(NONE)
        ? ""
        : ", at most " + rows + " rows" + (isLateBeyond ? ", others late" : "");
  }
}
