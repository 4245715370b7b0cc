package io.millrace.compiler.graph;

import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.Retractions;
import io.millrace.operators.distinct.ChangedRowsSpec;
import io.millrace.operators.filter.RetractionFilterSpec;
import io.millrace.operators.graph.OperatorSpec;

/** The operators of EMIT CHANGES DISTINCT. */
final class ChangedRows {
  private ChangedRows() {}

  /**
   * What leaves out rows that change nothing: of rows that take others back this is known of each
   * pair by itself, others are compared with what is remembered.
   *
   * @param lifetimeMillis how long a group that is never over is remembered; 0 for ever
   */
  static OperatorSpec of(ChangedRowsNode node, long lifetimeMillis) {
    if (Retractions.in(node)) {
      return RetractionFilterSpec.ofChanged(
          node.schema(),
          Retractions.kindColumns(node),
          Retractions.columnsOfKind(node),
          node.visible());
    }
    long forgotten = node.forgottenAfterMillis();
    return new ChangedRowsSpec(
        node.schema(),
        node.visible(),
        node.keys(),
        forgotten == 0 ? lifetimeMillis : forgotten,
        node.isByKey());
  }
}
