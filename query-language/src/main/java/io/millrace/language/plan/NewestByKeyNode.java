package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Makes changes by key of the rows that enter a window ({@code +I}) and leave it ({@code -D}), or
 * of rows that take others back: of each key the row that came last of those that are there.
 *
 * @param keys the key's columns
 * @param isByTime whether rows leave when their time has come, else for one that enters
 */
public record NewestByKeyNode(PlanNode input, List<Integer> keys, boolean isByTime)
    implements PlanNode {
  public NewestByKeyNode {
    keys = List.copyOf(keys);
  }

  /**
   * A table of the rows that a window holds.
   *
   * @param partition the columns that tell partitions apart; else the key of the source counts
   */
  public static NewestByKeyNode over(
      PlanNode rows, Optional<List<Integer>> partition, WindowSpec window) {
    List<Integer> keys =
        partition.filter(p -> !p.isEmpty()).orElseGet(() -> KeyColumns.of(rows, true).columns());
    return new NewestByKeyNode(rows, keys, window instanceof WindowSpec.Time);
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
    return new NewestByKeyNode(inputs.get(0), keys, isByTime);
  }

  @Override
  public boolean isChangelog() {
    return true;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitNewestByKey(this);
  }
}
