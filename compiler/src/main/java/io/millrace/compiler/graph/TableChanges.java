package io.millrace.compiler.graph;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.WholeRowsNode;

/** What is known of the changes by key that a plan gives. */
final class TableChanges {
  private TableChanges() {}

  /** Whether rows may fail to reach the result, so that a deletion may concern none. */
  static boolean mayConcernNone(PlanNode node) {
    if (node instanceof RankNode
        || node instanceof OverNode
        || node instanceof WholeRowsNode
        || (node instanceof ExplodeNode exploded && exploded.keepsNumbers())
        || node instanceof NewestByKeyNode) {
      return false;
    }
    boolean drops =
        node instanceof FilterNode
            || (node instanceof ProjectNode project
                && project.expressions().stream().anyMatch(e -> e.expression().canFail()));
    return drops || node.inputs().stream().anyMatch(TableChanges::mayConcernNone);
  }

  /** Whether the changes are those of what lets its rows go by itself. */
  static boolean letGo(PlanNode changes) {
    return changes instanceof ScanNode
        || changes instanceof RankNode
        || changes instanceof OverNode
        || (!(changes instanceof AggregateNode)
            && changes.inputs().stream().allMatch(TableChanges::letGo));
  }
}
