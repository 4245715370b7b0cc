package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets the rows through for which the condition is true. In a change log a row that leaves the
 * filter becomes a deletion of its key.
 */
public record FilterNode(PlanNode input, RowExpression predicate) implements PlanNode {

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
    return new FilterNode(inputs.get(0), predicate);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitFilter(this);
  }
}
