package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Holds what comes behind a mark until the other inputs of the query have given that mark: what
 * {@code WATERMARK ON} of a stream says. The query has such a node for each of these inputs.
 *
 * @param stream whose rows they are
 * @param marks which of them are marks
 * @param streams the names of all streams of the query that have marks, in the order in which it
 *     reads them; none before the query is known as a whole
 */
public record AlignNode(PlanNode input, String stream, StreamMarks marks, List<String> streams)
    implements PlanNode {
  public AlignNode {
    streams = List.copyOf(streams);
  }

  /** The names of the other streams. */
  public List<String> others() {
    return streams.stream().filter(name -> !name.equals(stream)).toList();
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
    return new AlignNode(inputs.get(0), stream, marks, streams);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitAlign(this);
  }
}
