package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets a row through if it is another one than the last of its group that was let through: EMIT
 * CHANGES DISTINCT. Of rows that take others back those that replace one by an equal one stay
 * behind, with what they replace; then nothing tells groups apart.
 *
 * @param visible how many columns in front are compared
 * @param keys the columns that tell groups apart; none for one group
 * @param forgottenAfterMillis how long behind the time of its last row the group is over, so that
 *     nothing of it is remembered; 0 for never
 * @param isByKey whether rows are those of a table by these columns: then one that is deleted is
 *     forgotten
 */
public record ChangedRowsNode(
    PlanNode input, int visible, List<Integer> keys, long forgottenAfterMillis, boolean isByKey)
    implements PlanNode {
  public ChangedRowsNode {
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
    return new ChangedRowsNode(inputs.get(0), visible, keys, forgottenAfterMillis, isByKey);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitChangedRows(this);
  }
}
