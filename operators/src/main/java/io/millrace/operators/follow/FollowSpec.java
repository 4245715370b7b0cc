package io.millrace.operators.follow;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Passes the rows of its first input on. While that is idle, the watermark goes on with those of
 * the others, which bring nothing but their time: so what holds rows behind it lets them go in time
 * for what they are merged into.
 *
 * @param output the rows
 * @param streams the names of the streams that the inputs are
 * @param lagMillis how far it stays behind the others, because their rows are held for so long
 */
public record FollowSpec(Schema output, List<String> streams, long lagMillis)
    implements OperatorSpec {
  public FollowSpec {
    streams = List.copyOf(streams);
  }

  @Override
  public String describe() {
    return "Follow "
        + String.join(", ", streams.subList(1, streams.size()))
        + " while "
        + streams.get(0)
        + " is silent"
        + (lagMillis == 0 ? "" : ", " + lagMillis + " ms behind");
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public boolean leavesOutIdle() {
    return true;
  }

  @Override
  public boolean followsOthers() {
    return true;
  }

  /** A row is the same, wherever it passes. */
  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new FollowOperator(this);
  }
}
