package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes events of the rows that a sliding window has: a combination of values goes on when the
 * first row has it, and again when none has had it meanwhile.
 *
 * <p>What comes in are changes by key, or rows that come ({@code +I}) and go ({@code -D}) by
 * themselves.
 *
 * @param visible how many columns in front are compared
 * @param keys the key's columns; none of rows by themselves
 * @param apart the columns of partitions, each of which is looked at by itself
 * @param cause which changes send rows
 */
public record BegunRowsNode(
    PlanNode input, int visible, List<Integer> keys, List<Integer> apart, Cause cause)
    implements PlanNode {
  public BegunRowsNode {
    keys = List.copyOf(keys);
    apart = List.copyOf(apart);
  }

  /** Which changes send rows; the last column says what has brought a change about. */
  public enum Cause {
    /** All; nothing says what has brought them about. */
    ANY,
    /** Those of a row that enters. */
    ENTERING,
    /** Those of rows that leave. */
    LEAVING
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
    return new BegunRowsNode(inputs.get(0), visible, keys, apart, cause);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitBegunRows(this);
  }
}
