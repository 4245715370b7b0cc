package io.millrace.operators.rank;

/**
 * What has happened to a partition: a row has gone, a row has come, or both. Places are counted
 * from 1.
 *
 * @param gone the row that has gone, and what was known of it
 * @param come the row that has come, and what is known of it
 * @param wantedBefore how many rows were wanted before, those in front
 * @param wanted how many are now
 * @param wasSent whether a row of the key of the one that has come was wanted before, there or in
 *     another partition
 * @param isSent whether a row of the key of the one that has gone is wanted now
 */
record RankChange(
    Part gone, Part come, long wantedBefore, long wanted, boolean wasSent, boolean isSent) {

  /**
   * A row that has gone or come.
   *
   * @param row its name; 0 where there is none, or where it is the one that was {@linkplain
   *     RankRows#keepGone kept}
   * @param place among the rows with it; 0 where there is none
   * @param isAlone whether no other row has its values of the order
   * @param peersEnd the place of the last row with its values of the order
   */
  record Part(int row, long place, boolean isAlone, long peersEnd) {
    static final Part NONE = new Part(0, 0, false, 0);

    boolean isThere() {
      return place > 0;
    }

    /** One, if it is among so many rows in front. */
    long among(long rows) {
      return place > 0 && place <= rows ? 1 : 0;
    }
  }

  /** The place that the first row behind both, or between them, has now. */
  long first() {
    if (gone.isThere() && come.isThere()) {
      return Math.min(gone.place, come.place);
    }
    return gone.place + come.place;
  }

  /** The place that a row has now which is at a place among those without the changed ones. */
  long placeNow(long common) {
    return come.isThere() && common >= come.place ? common + 1 : common;
  }

  /** Where a row that is at a place now is among those without the changed ones. */
  long common(long place) {
    return come.isThere() && place > come.place ? place - 1 : place;
  }

  /** The place that it had. */
  long placeBefore(long common) {
    return gone.isThere() && common >= gone.place ? common + 1 : common;
  }
}
