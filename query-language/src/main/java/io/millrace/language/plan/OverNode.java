package io.millrace.language.plan;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the rows of its input with what analytic functions give for them in any orders, as changes.
 * The result has the columns of the input, what each part gives, and, if the rows of the input have
 * no key, a number that tells the rows of a partition of the first part apart.
 *
 * @param rowKey where the input is a change log, the columns of its key
 */
public record OverNode(PlanNode input, List<Part> parts, List<Integer> rowKey) implements PlanNode {

  private static final String ROW_ID = "row_id";

  /**
   * The functions of one OVER. It gives the rankings, then the aggregates of each frame.
   *
   * @param partition the columns that tell partitions apart; none for a single one
   * @param order what the rows of a partition are ordered by, most important first; where there is
   *     nothing all are peers, in the order in which they came
   * @param frames their calls are of columns of the input
   */
  public record Part(
      List<Integer> partition,
      List<SortColumn> order,
      List<AnalyticNode.RankColumn> rankings,
      List<AnalyticNode.FramedCalls> frames) {
    public Part {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      rankings = List.copyOf(rankings);
      frames = List.copyOf(frames);
    }
  }

  public OverNode {
    parts = List.copyOf(parts);
    rowKey = List.copyOf(rowKey);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    for (Part part : parts) {
      for (AnalyticNode.RankColumn ranking : part.rankings()) {
        fields.add(new Field(ranking.name(), DataType.BIGINT));
      }
      for (AnalyticNode.FramedCalls framed : part.frames()) {
        framed.calls().forEach(call -> fields.add(new Field(call.name(), call.type())));
      }
    }
    if (!input.isChangelog()) {
      fields.add(new Field(ROW_ID, DataType.BIGINT));
    }
    return new Schema(fields);
  }

  /** The columns of the key of its changes. */
  public List<Integer> keyColumns() {
    if (input.isChangelog()) {
      return rowKey;
    }
    List<Integer> keys = new ArrayList<>(parts.get(0).partition());
    keys.add(schema().size() - 1);
    return keys;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new OverNode(inputs.get(0), parts, rowKey);
  }

  @Override
  public boolean isChangelog() {
    return true;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitOver(this);
  }
}
