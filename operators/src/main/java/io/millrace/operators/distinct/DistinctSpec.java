package io.millrace.operators.distinct;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets each combination of values through once, since the start.
 *
 * @param output the columns
 * @param ttlMillis how long a combination that does not come again is remembered; 0 for ever
 */
public record DistinctSpec(Schema output, long ttlMillis) implements OperatorSpec {

  @Override
  public String describe() {
    return "Distinct " + String.join(", ", output.names()) + Expiry.describe(ttlMillis);
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
    List<Integer> all = Distribution.same(output.size());
    return Distribution.oneForOne(all, all);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new DistinctOperator(this);
  }
}
