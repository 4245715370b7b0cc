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
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WholeRowsNode;
import java.util.Optional;
import java.util.function.Predicate;

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

  /**
   * The union of what lets its rows go by itself and of what does not, where a plan is one.
   *
   * @param expires whether a plan is to be made to let its rows go
   */
  static Optional<UnionNode> findMixedUnion(PlanNode plan, Predicate<PlanNode> expires) {
    if (plan instanceof FilterNode || plan instanceof ProjectNode) {
      return findMixedUnion(plan.inputs().get(0), expires);
    }
    return plan instanceof UnionNode union
            && (union.union().stream().map(expires::test).distinct().count() > 1
                || union.union().stream()
                    .anyMatch(input -> findMixedUnion(input, expires).isPresent()))
        ? Optional.of(union)
        : Optional.empty();
  }
}
