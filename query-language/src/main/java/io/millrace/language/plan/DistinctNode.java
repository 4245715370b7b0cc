package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/** Lets each combination of values through once, of the rows of a scope. */
public record DistinctNode(PlanNode input, DistinctScope scope) implements PlanNode {

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
    return new DistinctNode(inputs.get(0), scope);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitDistinct(this);
  }
}
