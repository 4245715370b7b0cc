package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Passes each row on when the watermark has gone on so far, with the time that it has then.
 *
 * @param delayMillis how much later, positive
 */
public record DelayNode(PlanNode input, long delayMillis) implements PlanNode {

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
    return new DelayNode(inputs.get(0), delayMillis);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitDelay(this);
  }
}
