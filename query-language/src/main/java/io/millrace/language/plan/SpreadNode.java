package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * {@code PARTITION BY ROUND_ROBIN}: passes rows on as they are, and says that what makes them is so
 * much work for each that they are worth spreading over tasks, whatever is in them.
 */
public record SpreadNode(PlanNode input) implements PlanNode {

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
    return new SpreadNode(inputs.get(0));
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitSpread(this);
  }
}
