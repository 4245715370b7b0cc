package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets fewer rows of each group through, or holds them so that they go on together: EMIT FIRST,
 * LAST or ALL.
 *
 * @param keys the columns that tell groups apart; none for one group
 */
public record RateLimitNode(
    PlanNode input, Kind kind, EmissionInterval interval, List<Integer> keys) implements PlanNode {

  /** Which rows of an interval go on. */
  public enum Kind {
    /** The first one of each group, when it comes. */
    FIRST,
    /** The last one of each group, when the interval ends. */
    LAST,
    /** All, when the interval ends. */
    ALL
  }

  public RateLimitNode {
    keys = List.copyOf(keys);
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
    return new RateLimitNode(inputs.get(0), kind, interval, keys);
  }

  /** Whether its rows wait for the end of an interval of time, which is their time then. */
  public boolean waitsForTime() {
    return kind != Kind.FIRST && interval instanceof EmissionInterval.Time;
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitRateLimit(this);
  }
}
