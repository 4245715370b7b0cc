package io.millrace.operators.aggregate;

/**
 * Where a row stands among those of its group: by its time, then by its cause, then in the order in
 * which rows came. Where one of the first two does not matter, it is the same for all rows.
 *
 * @param number of the row among those that the holder has taken
 */
record RowPlace(long time, long cause, long number) implements Comparable<RowPlace> {
  /** Before all rows of a time and a cause, and behind all others that are before these. */
  static RowPlace firstOf(long time, long cause) {
    return new RowPlace(time, cause, Long.MIN_VALUE);
  }

  @Override
  public int compareTo(RowPlace other) {
    int order = Long.compare(time, other.time);
    if (order == 0) {
      order = Long.compare(cause, other.cause);
    }
    return order == 0 ? Long.compare(number, other.number) : order;
  }
}
