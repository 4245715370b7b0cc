package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * The rows that came too late for the nodes above the {@link LateIntoNode}s of the same number, in
 * another query, with their own times. The result has how much behind the watermark a row was, then
 * the columns that these want.
 *
 * @param rows what these nodes read, for people and for what it means; this node has no inputs
 */
public record LateRowsNode(int number, PlanNode rows, Schema schema) implements PlanNode {

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return this;
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitLateRows(this);
  }
}
