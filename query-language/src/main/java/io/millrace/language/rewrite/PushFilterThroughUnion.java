package io.millrace.language.rewrite;

import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.UnionNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters every input of a union instead of its output.
 *
 * <pre>
 * Filter [a = 1]      =>  Union
 *   Union                   Filter [a = 1]
 *     Scan [S]                Scan [S]
 *     Scan [T]              Filter [a = 1]
 *                             Scan [T]
 * </pre>
 */
final class PushFilterThroughUnion implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    if (node instanceof FilterNode filter && filter.input() instanceof UnionNode union) {
      List<PlanNode> filtered = new ArrayList<>();
      for (PlanNode input : union.inputs()) {
        filtered.add(new FilterNode(input, filter.predicate()));
      }
      return Optional.of(new UnionNode(filtered, union.keys()));
    }
    return Optional.empty();
  }
}
