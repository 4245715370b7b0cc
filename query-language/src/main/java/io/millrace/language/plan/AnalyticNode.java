package io.millrace.language.plan;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each row of its input with what analytic functions give for it, which look at rows around
 * it in its partition, in the order of event times. The result has the columns of the input, then
 * the rankings, then the aggregates of each frame.
 *
 * @param partitionKeys what tells partitions apart; none for a single one
 */
public record AnalyticNode(
    PlanNode input,
    List<NamedExpression> partitionKeys,
    List<RankColumn> rankings,
    List<FramedCalls> frames)
    implements PlanNode {

  /** A ranking with the name of its column, a BIGINT. */
  public record RankColumn(String name, Ranking ranking) {}

  /** Aggregates of the rows of one frame; one that counts values has a single one. */
  public record FramedCalls(Frame frame, List<AggregateCall> calls) {
    public FramedCalls {
      calls = List.copyOf(calls);
    }
  }

  public AnalyticNode {
    partitionKeys = List.copyOf(partitionKeys);
    rankings = List.copyOf(rankings);
    frames = List.copyOf(frames);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    for (RankColumn ranking : rankings) {
      fields.add(new Field(ranking.name(), DataType.BIGINT));
    }
    for (FramedCalls framed : frames) {
      for (AggregateCall call : framed.calls()) {
        fields.add(new Field(call.name(), call.type()));
      }
    }
    return new Schema(fields);
  }

  /** Whether a row waits for rows behind it; then it is sent with the time of the last of them. */
  public boolean takesFollowingRows() {
    return frames.stream().anyMatch(framed -> framed.frame().takesFollowingRows());
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new AnalyticNode(inputs.get(0), partitionKeys, rankings, frames);
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
