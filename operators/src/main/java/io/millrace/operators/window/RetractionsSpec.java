package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;

/**
 * Aggregates rows that take others back, and sends the changes of groups.
 *
 * @param groups what is aggregated, retractable in any order
 */
public record RetractionsSpec(WindowGroups groups) implements ArrivalSpec {
  @Override
  public String describe() {
    return groups.describe("Aggregate with retractions");
  }

  /** A row and the one that replaces it may be of different groups, and change both together. */
  @Override
  public Distribution distribution() {
    return Distribution.WHOLE;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RetractionsOperator(this, loader);
  }
}
