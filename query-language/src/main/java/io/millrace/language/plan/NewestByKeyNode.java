package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Makes changes by key of the rows that enter a window ({@code +I}) and leave it ({@code -D}), or
 * of rows that take others back: of each key the newest row of those that are there.
 *
 * @param keys the key's columns
 * @param isByTime whether rows leave when their time has come, else for one that enters
 * @param newest which row that is
 */
public record NewestByKeyNode(PlanNode input, List<Integer> keys, boolean isByTime, Newest newest)
    implements PlanNode {
  /** Which of several rows of one key is the newest. */
  public enum Newest {
    /** The one that came last. */
    BY_ARRIVAL,
    /** The one with the greatest time; of several of these the one that came last. */
    BY_TIME
  }

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
    return new NewestByKeyNode(rows, keys, window instanceof WindowSpec.Time, Newest.BY_ARRIVAL);
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
    return new NewestByKeyNode(inputs.get(0), keys, isByTime, newest);
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
