package io.millrace.operators.join;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Joins each event with what is in the window of the other side when it comes. A side whose window
 * holds events brings them as they enter, as {@code +I}, and once more as they leave, as {@code
 * -D}.
 *
 * @param output the columns of the left side, then those of the right one
 * @param ofLeft what is there of the left side
 * @param isSorted whether events are taken in the order of their times; else as they come
 * @param sendsContents whether a joined row is sent once more, as {@code -D}, when one of its
 *     events leaves
 * @param condition what must hold beside the equality of keys; null if nothing
 * @param unmatched when rows without a match are sent
 * @param leavesOutIdle whether an input that is idle does not hold the watermark back
 * @param limit how many rows of each side may wait for the other one's watermark; rows that leave
 *     do so also where one that enters would be late for want of room
 */
public record ContentsJoinSpec(
    Schema output,
    JoinSide left,
    JoinSide right,
    Contents ofLeft,
    Contents ofRight,
    boolean isSorted,
    boolean sendsContents,
    @Nullable JoinCondition condition,
    Unmatched unmatched,
    boolean leavesOutIdle,
    JoinLimit limit)
    implements JoinSpec {

  /**
   * What is there of a side.
   *
   * @param isHeld whether its events stay until they are said to leave; else each leaves at once
   * @param triggers whether they meet those that are there when they come
   * @param sizeMillis how long one stays at most; 0 where only others push it out
   */
  public record Contents(boolean isHeld, boolean triggers, long sizeMillis) {
    private String describe() {
      return isHeld ? "window" : "events";
    }
  }

  @Override
  public String describe() {
    return kind()
        + " of "
        + ofLeft.describe()
        + " with "
        + ofRight.describe()
        + match()
        + (ofLeft.triggers && ofRight.triggers
            ? ""
            : ", for rows of the " + (ofLeft.triggers ? "left" : "right") + " side only")
        + (isSorted ? ", by event time" : ", as they come")
        + unmatched.describe()
        + (sendsContents ? ", as contents" : "")
        + (leavesOutIdle ? ", but for idle inputs" : "")
        + (isSorted ? limit.describe(false) : "");
  }

  /** What is in a window depends on the rows of all keys. */
  @Override
  public Distribution overPartitions() {
    return Distribution.WHOLE;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsJoinOperator(this, loader);
  }
}
