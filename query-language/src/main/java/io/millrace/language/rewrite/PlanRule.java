package io.millrace.language.rewrite;

import io.millrace.language.plan.PlanNode;
import java.util.Optional;

/** A change of one node and what lies directly below it. */
interface PlanRule {
  /**
   * What stands in the node's place, with the same schema; empty where the rule does not fire. A
   * rule that fires leaves nothing on which it would fire in the same way for ever.
   */
  Optional<PlanNode> apply(PlanNode node);
}
