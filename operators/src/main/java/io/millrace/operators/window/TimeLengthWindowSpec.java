package io.millrace.operators.window;

import io.millrace.operators.graph.HeapBound;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;

/**
 * Aggregates the last rows of the last time span of each partition; a row that enters sends its
 * group.
 *
 * @param sizeMillis the span, positive
 * @param rows how many rows a window holds, positive
 * @param groups what is aggregated, retractable in any order
 */
public record TimeLengthWindowSpec(long sizeMillis, long rows, WindowGroups groups)
    implements ArrivalSpec, HeapBound {

  @Override
  public String describe() {
    return groups.describe("TimeLengthWindow " + sizeMillis + " ms, " + rows);
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new TimeLengthWindowOperator(this, loader);
  }
}
