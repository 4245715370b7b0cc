package io.millrace.language.plan;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each row of its input with what analytic functions give for it, which look at rows around
 * it in its partition, in the order of event times. The result has the columns of the input, then
 * those of each part.
 *
 * @param parts one for each kind of partition; if there are several, all of them have frames that
 *     take following rows, and nothing else
 */
public record AnalyticNode(PlanNode input, List<Part> parts) implements PlanNode {

  /**
   * What looks at partitions of one kind. It gives the rankings, then the aggregates of each frame.
   *
   * @param partitionKeys what tells partitions apart; none for a single one
   */
  public record Part(
      List<NamedExpression> partitionKeys, List<RankColumn> rankings, List<FramedCalls> frames) {
    public Part {
      partitionKeys = List.copyOf(partitionKeys);
      rankings = List.copyOf(rankings);
      frames = List.copyOf(frames);
    }

    /** The columns that it gives. */
    public List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      for (RankColumn ranking : rankings) {
        fields.add(new Field(ranking.name(), DataType.BIGINT));
      }
      for (FramedCalls framed : frames) {
        for (AggregateCall call : framed.calls()) {
          fields.add(new Field(call.name(), call.type()));
        }
      }
      return fields;
    }
  }

  /** A ranking with the name of its column, a BIGINT. */
  public record RankColumn(String name, Ranking ranking) {}

  /** Aggregates of the rows of one frame; one that counts values has a single one. */
  public record FramedCalls(Frame frame, List<AggregateCall> calls) {
    public FramedCalls {
      calls = List.copyOf(calls);
    }
  }

  public AnalyticNode {
    parts = List.copyOf(parts);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    parts.forEach(part -> fields.addAll(part.fields()));
    return new Schema(fields);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new AnalyticNode(inputs.get(0), parts);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitAnalytic(this);
  }
}
