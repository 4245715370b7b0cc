package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * For each row a row per element of the arrays, side by side, the shorter filled with NULL; none
 * where all are NULL or empty. The result has the columns of the input, then one for each array.
 *
 * <p>Of changes by key the arrays are the same for all rows of a key, and their elements differ:
 * then the elements are part of the key.
 */
public record ExplodeNode(PlanNode input, List<NamedExpression> arrays, Schema schema)
    implements PlanNode {

  public ExplodeNode {
    arrays = List.copyOf(arrays);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new ExplodeNode(inputs.get(0), arrays, schema);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitExplode(this);
  }
}
