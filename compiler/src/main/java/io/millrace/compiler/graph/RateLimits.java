package io.millrace.compiler.graph;

import io.millrace.language.plan.EmissionInterval;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.CountBatchSpec;
import io.millrace.operators.window.CountLimitSpec;
import io.millrace.operators.window.IntervalLimitSpec;

/** The operators of rate limits. */
final class RateLimits {
  private RateLimits() {}

  /**
   * @param lifetimeMillis how long the count of a group stays of which no row comes; 0 for ever
   * @param limit how many rows wait for the end of an interval at most
   */
  static OperatorSpec of(RateLimitNode node, long lifetimeMillis, SortLimit limit) {
    if (node.interval() instanceof EmissionInterval.Time time) {
      return new IntervalLimitSpec(
          kind(node.kind()), time.millis(), node.keys(), node.schema(), limit);
    }
    long count = ((EmissionInterval.Rows) node.interval()).count();
    return switch (node.kind()) {
      case FIRST -> new CountLimitSpec(false, count, node.keys(), node.schema(), lifetimeMillis);
      case LAST -> new CountLimitSpec(true, count, node.keys(), node.schema(), lifetimeMillis);
      case ALL -> new CountBatchSpec(count, node.keys(), node.schema());
    };
  }

  private static IntervalLimitSpec.Kind kind(RateLimitNode.Kind kind) {
    return switch (kind) {
      case FIRST -> IntervalLimitSpec.Kind.FIRST;
      case LAST -> IntervalLimitSpec.Kind.LAST;
      case ALL -> IntervalLimitSpec.Kind.ALL;
    };
  }
}
