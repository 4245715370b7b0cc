package io.millrace.operators.analytic;

/**
 * The rows that a row looks at, from the first to the last, counted from itself.
 *
 * @param unit what they are counted in
 * @param start {@link #UNBOUNDED} for the first of all rows; what comes before is negative
 * @param end not before the start; {@link #UNBOUNDED_END} for the last of all rows
 */
public record FrameBounds(FrameUnit unit, long start, long end) {
  public static final long UNBOUNDED = Long.MIN_VALUE;
  public static final long UNBOUNDED_END = Long.MAX_VALUE;

  /** Those of rows or of distances. */
  public FrameBounds(boolean isRows, long start, long end) {
    this(isRows ? FrameUnit.ROWS : FrameUnit.DISTANCE, start, end);
  }

  public boolean isRows() {
    return unit == FrameUnit.ROWS;
  }

  boolean isDistance() {
    return unit == FrameUnit.DISTANCE;
  }

  boolean countsValues() {
    return unit == FrameUnit.VALUES;
  }

  public boolean isUnbounded() {
    return start == UNBOUNDED;
  }

  public boolean hasNoEnd() {
    return end == UNBOUNDED_END;
  }

  /** Whether its last row is the row itself, so that it is known when the row comes. */
  boolean endsWithRow() {
    return isRows() && end == 0;
  }

  /** Whether a row waits for rows that come later. */
  boolean waits() {
    return isDistance() ? end >= 0 : end > 0;
  }

  /** Whether rows are looked at again after they have come. */
  boolean readsLog() {
    return !(endsWithRow() && isUnbounded());
  }

  /** How long a row may be looked at, in milliseconds; 0 if time does not count. */
  long spanMillis() {
    return isDistance() ? Math.max(Math.max(isUnbounded() ? 0 : -start, -end), 0) : 0;
  }

  /** Of a frame of times: whether a row is before the frame of a row of {@code time}. */
  boolean isBefore(long other, long time) {
    return !isUnbounded() && isLess(other, time, start);
  }

  /** Of a frame of times: whether a row is behind the frame of a row of {@code time}. */
  boolean isBehind(long other, long time) {
    return !hasNoEnd() && isGreater(other, time, end);
  }

  /** Whether a value is less than another one plus an offset, which may be outside of BIGINT. */
  private static boolean isLess(long value, long other, long offset) {
    return overflows(other, offset) ? offset > 0 : value < other + offset;
  }

  /** Whether a value is greater than another one plus an offset. */
  private static boolean isGreater(long value, long other, long offset) {
    return overflows(other, offset) ? offset < 0 : value > other + offset;
  }

  private static boolean overflows(long value, long offset) {
    long sum = value + offset;
    return ((value ^ sum) & (offset ^ sum)) < 0;
  }

  /** A time moved by an offset, within the times that there are. */
  public static long moved(long time, long offset) {
    if (!overflows(time, offset)) {
      return time + offset;
    }
    return offset < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /**
   * What it is, for people.
   *
   * @param isByTime whether distances between values are milliseconds
   */
  public String describe(boolean isByTime) {
    if (countsValues()) {
      return "ROWS behind, up to value " + end;
    }
    String unit = isByTime && isDistance() ? " ms" : "";
    String kind = isRows() ? "ROWS from " : "RANGE from ";
    return kind + bound(start, unit) + " to " + bound(end, unit);
  }

  private static String bound(long offset, String unit) {
    if (offset == UNBOUNDED || offset == UNBOUNDED_END) {
      return offset == UNBOUNDED ? "the first" : "the last";
    }
    return offset == 0 ? "its own" : Math.abs(offset) + unit + (offset < 0 ? " before" : " behind");
  }
}
