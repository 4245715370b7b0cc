package io.millrace.language.rewrite;

import io.millrace.language.expression.Logical;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import java.util.Optional;

/**
 * Makes one filter of two that follow each other.
 *
 * <pre>
 * Filter [b &lt; 2]            =>  Filter [a = 1 AND b &lt; 2]
 *   Filter [a = 1]                Scan [T]
 *     Scan [T]
 * </pre>
 *
 * <p>Not where the upper condition may fail: a row for which the lower one is NULL never came to
 * it, but {@code NULL AND x} evaluates {@code x}.
 */
final class MergeFilters implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    if (node instanceof FilterNode upper
        && upper.input() instanceof FilterNode lower
        && !upper.predicate().canFail()) {
      return Optional.of(
          new FilterNode(lower.input(), Logical.and(lower.predicate(), upper.predicate())));
    }
    return Optional.empty();
  }
}
