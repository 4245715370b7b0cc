package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.WantedGroupsNode;

/** Knows plans whose result is one row that changes: an aggregate, or the first of all rows. */
final class SingleRow {
  private SingleRow() {}

  static boolean isAlways(PlanNode node) {
    if (node instanceof ProjectNode || node instanceof FilterNode) {
      return isAlways(node.inputs().get(0));
    }
    if (node instanceof WantedGroupsNode wanted) {
      return wanted.input() instanceof AggregateNode groups
          && groups.partitionKeys().isEmpty()
          && groups.groupKeys().size() == 1;
    }
    if (node instanceof RankNode ranks) {
      return ranks.isByNumber() && KeyColumns.of(ranks, true).columns().isEmpty();
    }
    return node instanceof AggregateNode aggregate
        && aggregate.partitionKeys().isEmpty()
        && aggregate.groupKeys().isEmpty();
  }
}
