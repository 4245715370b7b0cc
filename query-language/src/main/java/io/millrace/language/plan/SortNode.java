package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Puts rows in the order of their event times as the watermark allows, ties in the order in which
 * they came. Stands in front of order-sensitive nodes of streams that declare disorder.
 *
 * @param keepsLate whether late rows go on as they come; else they are dropped
 */
public record SortNode(PlanNode input, boolean keepsLate) implements PlanNode {

  /** One that drops late rows. */
  public SortNode(PlanNode input) {
    this(input, false);
  }

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
    return new SortNode(inputs.get(0), keepsLate);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitSort(this);
  }
}
