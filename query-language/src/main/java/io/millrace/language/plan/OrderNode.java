package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.OptionalLong;

/**
 * Sorts and cuts each emission: the rows that a node below sends at one moment and that belong
 * together (decision 0013). Ties stay in the order in which they came.
 *
 * @param order what the rows are sorted by, most important first; empty for the order in which they
 *     came
 * @param offset how many rows of each emission are left out in front
 * @param limit how many rows of each emission are kept at most
 * @param apart columns that are equal in all rows of an emission
 * @param isOfOneTime whether ROWTIME is equal in all rows of an emission, too
 */
public record OrderNode(
    PlanNode input,
    List<SortColumn> order,
    long offset,
    OptionalLong limit,
    List<Integer> apart,
    boolean isOfOneTime)
    implements PlanNode {

  public OrderNode {
    order = List.copyOf(order);
    apart = List.copyOf(apart);
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
    return new OrderNode(inputs.get(0), order, offset, limit, apart, isOfOneTime);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitOrder(this);
  }
}
