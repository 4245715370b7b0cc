package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * All rows of all inputs, which have equal types; the names are those of the first. In the order of
 * causes, then of the inputs.
 */
public record UnionNode(List<PlanNode> union) implements PlanNode {

  public UnionNode {
    union = List.copyOf(union);
  }

  @Override
  public Schema schema() {
    return union.get(0).schema();
  }

  @Override
  public List<PlanNode> inputs() {
    return union;
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new UnionNode(inputs);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitUnion(this);
  }
}
