package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates the last rows of the last time span of each partition; a row that enters sends its
 * group.
 *
 * @param sizeMillis the span, positive
 * @param rows how many rows a window holds, positive
 * @param groups what is aggregated, retractable in any order
 */
public record TimeLengthWindowSpec(long sizeMillis, long rows, WindowGroups groups)
    implements OperatorSpec {

  @Override
  public String describe() {
    return groups.describe("TimeLengthWindow " + sizeMillis + " ms, " + rows);
  }

  @Override
  public Schema output() {
    return groups.output();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return 0;
  }

  @Override
  public Distribution distribution() {
    return groups.distribution();
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return groups.kernels();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new TimeLengthWindowOperator(this, loader);
  }
}
