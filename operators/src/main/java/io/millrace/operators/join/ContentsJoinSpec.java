package io.millrace.operators.join;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.join.WithinJoinSpec.Unmatched;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
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
    boolean leavesOutIdle)
    implements OperatorSpec {

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
    return WithinJoinSpec.describe(left, right)
        + " of "
        + ofLeft.describe()
        + " with "
        + ofRight.describe()
        + WithinJoinSpec.describe(left, right, condition)
        + (ofLeft.triggers && ofRight.triggers
            ? ""
            : ", for rows of the " + (ofLeft.triggers ? "left" : "right") + " side only")
        + (isSorted ? ", by event time" : ", as they come")
        + (unmatched == Unmatched.WHEN_GONE ? "" : ", rows without a match at once")
        + (unmatched == Unmatched.AT_ONCE_AND_RETRACTED ? ", then taken back" : "")
        + (sendsContents ? ", as contents" : "")
        + (leavesOutIdle ? ", but for idle inputs" : "");
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return condition == null ? List.of() : List.of(condition.predicate());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsJoinOperator(this, loader);
  }
}
