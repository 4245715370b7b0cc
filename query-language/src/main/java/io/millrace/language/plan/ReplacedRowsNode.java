package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes rows that take others back of changes by key: the row that one replaces ({@code -U}) stands
 * before it, with the time that it had.
 *
 * @param keys the key's columns
 */
public record ReplacedRowsNode(PlanNode input, List<Integer> keys) implements PlanNode {
  public ReplacedRowsNode {
    keys = List.copyOf(keys);
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
    return new ReplacedRowsNode(inputs.get(0), keys);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitReplacedRows(this);
  }
}
