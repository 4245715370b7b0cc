package io.millrace.operators.distinct;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/** Lets each combination of values through once, since the start. */
public record DistinctSpec(Schema output) implements OperatorSpec {

  @Override
  public String describe() {
    return "Distinct " + String.join(", ", output.names());
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public long lagMillis() {
    return 0;
  }

  @Override
  public Distribution distribution() {
    List<Integer> all = Distribution.same(output.size());
    return new Distribution.Keyed(all, all);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new DistinctOperator(this);
  }
}
