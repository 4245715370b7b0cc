package io.millrace.language.plan;

import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * The rows of a stream, or the changes of a table. {@code schema} is the stream's, followed by the
 * {@code metadata} pseudo-columns of its connector that the query reads.
 */
public record ScanNode(StreamDeclaration stream, List<Field> metadata, Schema schema)
    implements PlanNode {

  public ScanNode {
    metadata = List.copyOf(metadata);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return this;
  }

  @Override
  public boolean isChangelog() {
    return stream.isTable();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitScan(this);
  }
}
