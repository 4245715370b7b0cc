package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Changes of whole rows, of the changes of its input by a key that is not shown: a row is there as
 * long as it is that of any key. The result has the first columns of the input.
 *
 * @param shown how many
 */
public record WholeRowsNode(PlanNode input, int shown) implements PlanNode {

  @Override
  public Schema schema() {
    return new Schema(input.schema().fields().subList(0, shown));
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new WholeRowsNode(inputs.get(0), shown);
  }

  @Override
  public boolean isChangelog() {
    return true;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitWholeRows(this);
  }
}
