package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Puts rows in the order of their numbers, which come without gaps: what {@code ORDER BY seq} of a
 * stream says. A row waits for smaller numbers until the watermark is the time-out ahead of it.
 *
 * @param number the column of the number
 * @param skip the column of the number up to which all are done, as a row says; -1 for none
 */
public record SequenceNode(PlanNode input, int number, int skip, long timeoutMillis)
    implements PlanNode {

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
    return new SequenceNode(inputs.get(0), number, skip, timeoutMillis);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitSequence(this);
  }
}
