package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;

/**
 * Aggregates the last rows of the last time span of each partition; a row that enters sends its
 * group, as may those that leave, or all groups are sent now and then.
 *
 * @param sizeMillis the span, positive
 * @param rows how many rows a window holds, positive; {@link #ALL} for all of the span. Then, and
 *     where what leaves is sent, the span ends at the greatest time of all partitions
 * @param groups what is aggregated, retractable in any order
 */
public record TimeLengthWindowSpec(long sizeMillis, long rows, WindowGroups groups)
    implements ArrivalSpec {
  /** No limit of the number of rows. */
  public static final long ALL = Long.MAX_VALUE;

  /** Whether what leaves is sent, so that all moments are in order. */
  boolean sendsLeaving() {
    return groups.emission().isOnExpiry();
  }

  /** Whether all partitions share the greatest time. */
  boolean isOfOneTime() {
    return rows == ALL || sendsLeaving();
  }

  /** Windows that rows leave in the order of time are in one task. */
  @Override
  public Distribution distribution() {
    return sendsLeaving() ? Distribution.WHOLE : ArrivalSpec.super.distribution();
  }

  @Override
  public Distribution overPartitions() {
    return sendsLeaving() ? groups.togetherOverPartitions() : ArrivalSpec.super.overPartitions();
  }

  @Override
  public String describe() {
    return groups.describe(
        rows == ALL
            ? "TimeWindow " + sizeMillis + " ms"
            : "TimeLengthWindow " + sizeMillis + " ms, " + rows);
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new TimeLengthWindowOperator(this, loader);
  }
}
