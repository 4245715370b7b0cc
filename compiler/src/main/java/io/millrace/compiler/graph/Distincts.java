package io.millrace.compiler.graph;

import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.DistinctScope;
import io.millrace.operators.distinct.BatchDistinctSpec;
import io.millrace.operators.distinct.BegunRowsSpec;
import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.distinct.EmissionDistinctSpec;
import io.millrace.operators.graph.OperatorSpec;

/** The operators of SELECT DISTINCT. */
final class Distincts {
  private Distincts() {}

  static OperatorSpec of(BegunRowsNode node) {
    return new BegunRowsSpec(
        node.schema(),
        node.visible(),
        node.input().isChangelog(),
        node.keys(),
        node.apart(),
        switch (node.cause()) {
          case ANY -> BegunRowsSpec.Cause.ANY;
          case ENTERING -> BegunRowsSpec.Cause.ENTERING;
          case LEAVING -> BegunRowsSpec.Cause.LEAVING;
        });
  }

  /**
   * @param lifetimeMillis how long a row is remembered that is never over; 0 for ever
   */
  static OperatorSpec of(DistinctNode node, long lifetimeMillis) {
    DistinctScope scope = node.scope();
    if (scope instanceof DistinctScope.OfEmission emission) {
      return new EmissionDistinctSpec(node.schema(), emission.apart());
    }
    if (scope instanceof DistinctScope.OfBatch batch) {
      return new BatchDistinctSpec(node.schema(), batch.number(), batch.partition());
    }
    return new DistinctSpec(
        node.schema(),
        scope instanceof DistinctScope.OfWindow window ? window.overAfterMillis() : lifetimeMillis);
  }
}
