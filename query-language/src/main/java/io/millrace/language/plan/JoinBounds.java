package io.millrace.language.plan;

/**
 * How near the times of two joined events are: {@code left - before <= right <= left + after}.
 *
 * @param beforeMillis not negative, or {@link #UNBOUNDED}
 * @param afterMillis not negative, or {@link #UNBOUNDED}, which both are then
 * @param graceMillis how long rows are waited for beyond that
 * @param leftTime the column of the left input that is counted from, or {@link #ROWTIME}; only of
 *     an input that is a join itself
 */
public record JoinBounds(long beforeMillis, long afterMillis, long graceMillis, int leftTime)
    implements JoinMethod {
  /** In place of a number of milliseconds: for ever. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** In place of a column: the time of the row itself. */
  public static final int ROWTIME = -1;

  public boolean isUnbounded() {
    return beforeMillis == UNBOUNDED;
  }

  /** The same, counted from another column. */
  public JoinBounds withLeftTime(int column) {
    return new JoinBounds(beforeMillis, afterMillis, graceMillis, column);
  }

  /** Numbers that are not negative, added; {@link #UNBOUNDED} if that is too much. */
  static long sum(long... numbers) {
    long sum = 0;
    for (long number : numbers) {
      sum += number;
      if (sum < 0) {
        return UNBOUNDED;
      }
    }
    return sum;
  }
}
