package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import java.util.List;

/**
 * Aggregates what a table holds: takes its changes, and sends those of the groups.
 *
 * @param rowKeys the columns of the table's key in the input
 * @param groups what is aggregated, retractable in any order
 */
public record ContentsSpec(List<Integer> rowKeys, WindowGroups groups) implements ArrivalSpec {
  public ContentsSpec {
    rowKeys = List.copyOf(rowKeys);
  }

  @Override
  public String describe() {
    return groups.describe("Aggregate rows by " + groups.names(rowKeys));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsOperator(this, loader);
  }
}
