package io.millrace.language.rewrite;

import io.millrace.language.expression.Constant;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import java.util.Optional;

/**
 * Removes a filter that lets everything through.
 *
 * <pre>
 * Filter [TRUE]     =>  Scan [T]
 *   Scan [T]
 * </pre>
 */
final class RemoveTrueFilter implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    return node instanceof FilterNode filter && filter.predicate().equals(Constant.TRUE)
        ? Optional.of(filter.input())
        : Optional.empty();
  }
}
