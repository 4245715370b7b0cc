package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/** Makes events of changes by key: what a row has become, each time; nothing of a row that goes. */
public record EventsNode(PlanNode input) implements PlanNode {
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
    return new EventsNode(inputs.get(0));
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitEvents(this);
  }
}
