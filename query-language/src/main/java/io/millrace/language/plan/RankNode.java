package io.millrace.language.plan;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranks the rows of its input in any order, as changes. The result has the columns of the input,
 * the rankings, and, if its changes are those of rows without a key, a number that tells the rows
 * of a partition apart.
 *
 * @param partition the columns that tell partitions apart; none for a single one
 * @param order what the rows of a partition are ordered by, most important first
 * @param bounds which rows are wanted; all, where there are none
 * @param isByNumber whether changes are those of places: the key is the partition and the row
 *     number, or the partition alone where only the first row is wanted; else they are those of
 *     rows
 * @param rowKey where the input is a change log, the columns of its key
 */
public record RankNode(
    PlanNode input,
    List<Integer> partition,
    List<SortColumn> order,
    List<AnalyticNode.RankColumn> rankings,
    List<Bound> bounds,
    boolean isByNumber,
    List<Integer> rowKey)
    implements PlanNode {

  private static final String ROW_ID = "row_id";

  /**
   * Wants rows of small places only.
   *
   * @param most the greatest place that is wanted
   */
  public record Bound(Ranking ranking, long most) {}

  public RankNode {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    rankings = List.copyOf(rankings);
    bounds = List.copyOf(bounds);
    rowKey = List.copyOf(rowKey);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    for (AnalyticNode.RankColumn ranking : rankings) {
      fields.add(new Field(ranking.name(), DataType.BIGINT));
    }
    if (numbersRows()) {
      fields.add(new Field(ROW_ID, DataType.BIGINT));
    }
    return new Schema(fields);
  }

  /** The columns of the key of its changes. */
  public List<Integer> keyColumns() {
    if (!isByNumber && !numbersRows()) {
      return rowKey;
    }
    List<Integer> keys = new ArrayList<>(partition);
    int width = input.schema().size();
    for (int i = 0; i < rankings.size() && isByNumber; i++) {
      if (rankings.get(i).ranking() == Ranking.ROW_NUMBER) {
        keys.add(width + i);
      }
    }
    if (numbersRows()) {
      keys.add(width + rankings.size());
    }
    return keys;
  }

  /** Whether the rows of its input have no key, so that they are told apart by a number. */
  private boolean numbersRows() {
    return !isByNumber && !input.isChangelog();
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new RankNode(inputs.get(0), partition, order, rankings, bounds, isByNumber, rowKey);
  }

  @Override
  public boolean isChangelog() {
    return true;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitRank(this);
  }
}
