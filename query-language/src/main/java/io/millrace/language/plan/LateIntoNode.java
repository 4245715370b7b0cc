package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Says where the rows go that come too late for the node above it: sorting, a delay, or a window.
 * All rows pass; the columns that are wanted of late ones are there for that node. Where several
 * stand on each other, each of them takes all late rows of that node.
 *
 * @param number tells it, and those that belong to the same source, apart from others of the script
 * @param stream the stream into which they go
 * @param columns what is wanted of them
 */
public record LateIntoNode(PlanNode input, int number, String stream, List<NamedExpression> columns)
    implements PlanNode {

  public LateIntoNode {
    columns = List.copyOf(columns);
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
    return new LateIntoNode(inputs.get(0), number, stream, columns);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitLateInto(this);
  }
}
