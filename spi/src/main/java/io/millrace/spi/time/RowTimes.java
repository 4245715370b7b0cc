package io.millrace.spi.time;

/**
 * The times that rows may have, in milliseconds since the epoch: those to which lengths can be
 * added, and from which they can be taken, without reaching {@link Timeline#NEVER} or {@link
 * Timeline#END}. Checked where rows get their times, so nothing behind has to.
 */
public final class RowTimes {
  /** The smallest: 146 million years before the epoch. */
  public static final long FIRST = Long.MIN_VALUE / 2;

  /** The greatest: 146 million years behind it. */
  public static final long LAST = Long.MAX_VALUE / 2;

  private RowTimes() {}

  public static boolean isInRange(long millis) {
    return FIRST <= millis && millis <= LAST;
  }

  /** Whether {@code times[0..count)} are. */
  public static boolean areInRange(long[] times, int count) {
    long differing = 0;
    for (int i = 0; i < count; i++) {
      differing |= times[i] ^ (times[i] << 1); // the first two bits are the same within the range
    }
    return differing >= 0;
  }

  /** What is wrong with a time that is not, to be put behind what has it. */
  public static String problem(long millis) {
    return "is "
        + millis
        + ", which is out of range: times are milliseconds since 1970, from "
        + FIRST
        + " to "
        + LAST;
  }
}
