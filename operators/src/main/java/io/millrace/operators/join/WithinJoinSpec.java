package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Joins the events of two streams whose times are near each other.
 *
 * @param output the columns of the left side, then those of the right one
 * @param bounds how near
 * @param condition what must hold beside that; null if nothing
 * @param unmatched when rows without a match are sent
 * @param isInTimeOrder whether rows of several source partitions are joined in the order of their
 *     times; else as they come
 * @param leavesOutIdle whether an input that is idle does not hold the watermark back
 * @param limit how many rows of each side may be there; a row that must wait and finds no room
 *     meets none
 */
public record WithinJoinSpec(
    Schema output,
    JoinSide left,
    JoinSide right,
    Bounds bounds,
    @Nullable JoinCondition condition,
    Unmatched unmatched,
    boolean isInTimeOrder,
    boolean leavesOutIdle,
    JoinLimit limit)
    implements JoinSpec {
  /** In place of a number of milliseconds: for ever. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** In place of a column: the time of the row itself. */
  public static final int ROWTIME = -1;

  /**
   * How near: {@code left - before <= right <= left + after}.
   *
   * @param beforeMillis not negative, or {@link #UNBOUNDED}
   * @param afterMillis not negative, or {@link #UNBOUNDED}
   * @param graceMillis how long rows are waited for beyond that
   * @param leftTime the column of the left side from whose time is counted, or {@link #ROWTIME}. If
   *     one is given, these rows are joined ones, each of which is taken whenever it comes
   * @param delayMillis by how much the time of a left row may be greater than that in its column
   */
  public record Bounds(
      long beforeMillis, long afterMillis, long graceMillis, int leftTime, long delayMillis) {
    /** Of two streams. */
    public static Bounds of(long beforeMillis, long afterMillis, long graceMillis) {
      return new Bounds(beforeMillis, afterMillis, graceMillis, ROWTIME, 0);
    }

    boolean isUnbounded() {
      return beforeMillis == UNBOUNDED || afterMillis == UNBOUNDED;
    }

    boolean isOfJoined() {
      return leftTime != ROWTIME;
    }

    /** Whether left rows have been joined without a bound: their watermark does not move on. */
    boolean isBehindForEver() {
      return delayMillis == UNBOUNDED;
    }

    /** How long behind the time of its column a left row leaves; {@link #UNBOUNDED} for never. */
    long stayOfLeft() {
      return isUnbounded() ? UNBOUNDED : sum(sum(afterMillis, graceMillis), 1);
    }

    /** As {@link #stayOfLeft}. Left rows that have been joined may come that much later. */
    long stayOfRight() {
      return isUnbounded() ? UNBOUNDED : sum(sum(beforeMillis, graceMillis), sum(delayMillis, 1));
    }

    /** Whether rows of these times may be joined. */
    boolean areNear(long left, long right) {
      return isUnbounded()
          || (right >= earliest(left, beforeMillis) && right <= latest(left, afterMillis));
    }

    /** Whether rows are too late to be joined that have a time or later ones. */
    boolean isBeyond(boolean ofLeft, long time, long theirs) {
      return !isUnbounded()
          && !isOfJoined()
          && theirs > latest(time, ofLeft ? afterMillis : beforeMillis);
    }

    private String describe() {
      String grace = graceMillis == 0 ? "" : ", grace " + graceMillis + " ms";
      return isUnbounded()
          ? "without bound" + grace
          : "within " + beforeMillis + " ms before and " + afterMillis + " ms after" + grace;
    }
  }

  @Override
  public String describe() {
    return kind()
        + " "
        + bounds.describe()
        + match()
        + unmatched.describe()
        + (isInTimeOrder ? ", in the order of time" : "")
        + (leavesOutIdle ? ", but for idle inputs" : "")
        + limit.describe(left.isTakenBack() || right.isTakenBack());
  }

  /** Rows that wait for their turn, or for a match. */
  @Override
  public boolean sendsByTime() {
    boolean isOuter = left.isOuter() || right.isOuter();
    return isInTimeOrder || (isOuter && unmatched == Unmatched.WHEN_GONE);
  }

  /**
   * A row that comes may be as late as its interval allows, but meets none that has left before it;
   * so a pair is as late as the shorter interval allows, and a row that is sent alone at once as
   * its own does. Without a bound it may be of any time, so the watermark stays where it is until
   * the inputs have ended.
   */
  @Override
  public long lagMillis() {
    if (bounds.isUnbounded()) {
      return UNBOUNDED;
    }
    long ofRight = sum(bounds.beforeMillis, bounds.delayMillis);
    boolean isAtOnce = unmatched != Unmatched.WHEN_GONE;
    long ofPairs = Math.min(ofRight, bounds.afterMillis);
    long ofLeftAlone = isAtOnce && left.isOuter() ? bounds.afterMillis : 0;
    long ofRightAlone = isAtOnce && right.isOuter() ? ofRight : 0;
    return sum(Math.max(ofPairs, Math.max(ofLeftAlone, ofRightAlone)), bounds.graceMillis);
  }

  /** A time so much later. */
  static long latest(long time, long millis) {
    long later = time + millis;
    return later < time ? Long.MAX_VALUE : later;
  }

  private static long earliest(long time, long millis) {
    long earlier = time - millis;
    return earlier > time ? Long.MIN_VALUE : earlier;
  }

  /** Two numbers that are not negative, added; {@link #UNBOUNDED} if that is too much. */
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? UNBOUNDED : sum;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new WithinJoinOperator(this, loader);
  }
}
