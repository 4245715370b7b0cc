package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Holds the rows of each group until there are so many, then lets them through, at the place and
 * the time of the last one.
 *
 * @param every how many, positive
 * @param keys the columns that tell groups apart; none for one group
 * @param output the rows, as they come and as they go
 */
public record CountBatchSpec(long every, List<Integer> keys, Schema output)
    implements OperatorSpec {
  public CountBatchSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    return "Limit to all every " + every + " rows" + IntervalLimitSpec.perGroup(output, keys);
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return keys.isEmpty()
        ? Distribution.WHOLE
        : new Distribution.Keyed(keys, Distribution.same(output.size()), false);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new CountBatchOperator(this);
  }
}
