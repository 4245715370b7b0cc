package io.millrace.operators.spread;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Passes rows on as they are, and has the row by row operators before and behind it run in tasks.
 */
public record SpreadSpec(Schema output) implements OperatorSpec {

  @Override
  public String describe() {
    return "Spread round robin";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Spread(Distribution.same(output.size()));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new SpreadOperator();
  }
}
