package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets those groups through of which a column of their key says that their rows are wanted. Of the
 * others nothing goes on, no deletion either, so that the column is no part of the key above.
 *
 * @param wanted the index of the column, a BOOLEAN
 */
public record WantedGroupsNode(PlanNode input, int wanted) implements PlanNode {
  @Override
  public Schema schema() {
    return input.schema();
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new WantedGroupsNode(inputs.get(0), wanted);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitWantedGroups(this);
  }
}
