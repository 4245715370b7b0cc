package io.millrace.operators.window;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets the first or the last row of every so many of each group through.
 *
 * @param isLast which of them
 * @param every of how many, positive
 * @param keys the columns that tell groups apart; none for one group
 * @param output the rows, as they come and as they go
 * @param ttlMillis how long the count of a group without rows is kept; 0 for ever
 */
public record CountLimitSpec(
    boolean isLast, long every, List<Integer> keys, Schema output, long ttlMillis)
    implements OperatorSpec {
  public CountLimitSpec {
    keys = List.copyOf(keys);
  }

  /** Which row of every so many goes on, counted from 1. */
  long passed() {
    return isLast ? every : 1;
  }

  @Override
  public String describe() {
    return "Limit to "
        + (isLast ? "last" : "first")
        + " every "
        + every
        + " rows"
        + IntervalLimitSpec.perGroup(output, keys)
        + Expiry.describe(ttlMillis);
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  @Override
  public boolean sendsByTime() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return Distribution.oneForOne(keys, Distribution.same(output.size()));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new CountLimitOperator(this);
  }
}
