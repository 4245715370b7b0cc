package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
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

  /**
   * By those keys of the groups that a row has for good, because they are of the table's key. By
   * others it may go from one task's group to another's, which would have to know what it was.
   */
  @Override
  public Distribution distribution() {
    List<Integer> lasting = groups.keys().stream().filter(rowKeys::contains).toList();
    return groups.snapshots() == null
        ? Distribution.ofGroups(lasting, groups.keys(), groups.output().size(), false)
        : Distribution.WHOLE;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsOperator(this, loader);
  }
}
