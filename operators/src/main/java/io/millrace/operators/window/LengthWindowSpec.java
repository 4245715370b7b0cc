package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;

/**
 * Aggregates the last rows of each partition; each arriving row sends its group, or every so many
 * rows send all groups of their window.
 *
 * @param rows how many rows a window holds, positive
 * @param looksAfter after how many rows all groups are sent; 0 if each row sends its own
 * @param groups what is aggregated, retractable
 */
public record LengthWindowSpec(long rows, long looksAfter, WindowGroups groups)
    implements ArrivalSpec {

  @Override
  public String describe() {
    return groups.describe(
        "LengthWindow " + rows + (looksAfter > 0 ? " every " + looksAfter + " rows" : ""));
  }

  /** Where a row sends several groups, these have no ranks by which they could be merged. */
  @Override
  public Distribution distribution() {
    return looksAfter == 0 || groups.isUngrouped() ? groups.distribution() : Distribution.WHOLE;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new LengthWindowOperator(this, loader);
  }
}
