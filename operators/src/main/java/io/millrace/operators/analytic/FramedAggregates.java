package io.millrace.operators.analytic;

import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import java.util.List;

/**
 * Aggregates of the rows of one frame.
 *
 * @param arguments their columns in the input
 * @param program as {@link #updates} says
 */
public record FramedAggregates(
    FrameBounds bounds, List<Integer> arguments, AggregateProgram program) {
  public FramedAggregates {
    arguments = List.copyOf(arguments);
  }

  /**
   * What happens to the rows of a frame. Where it has no start they only come; unless it ends with
   * the row itself, no row can be refused for an overflow: it is too late.
   */
  public static Updates updates(FrameBounds bounds) {
    if (!bounds.isUnbounded()) {
      return Updates.RETRACT;
    }
    return bounds.endsWithRow() ? Updates.ADD : Updates.PARTIAL;
  }
}
