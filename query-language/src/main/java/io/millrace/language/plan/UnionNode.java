package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * All rows of all inputs, which have equal types; the names are those of the first. In the order of
 * causes, then of the inputs. Inputs are all change logs, or none is.
 *
 * @param keys of change logs the columns that tell a row apart from those of its input, and from
 *     those of others; else empty
 */
public record UnionNode(List<PlanNode> union, List<Integer> keys) implements PlanNode {

  public UnionNode {
    union = List.copyOf(union);
    keys = List.copyOf(keys);
  }

  /** Of events. */
  public UnionNode(List<PlanNode> union) {
    this(union, List.of());
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
    return new UnionNode(inputs, keys);
  }

  @Override
  public boolean isChangelog() {
    return union.get(0).isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitUnion(this);
  }
}
