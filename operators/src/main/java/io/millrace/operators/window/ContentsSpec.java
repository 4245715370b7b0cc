package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates what a table holds: takes its changes, and sends those of the groups, or all groups
 * now and then, or at the end.
 *
 * @param rowKeys the columns of the table's key in the input
 * @param groups what is aggregated, retractable in any order
 * @param atEnd whether groups are sent once, when the input has ended
 * @param snapshots when all groups are sent; null if changes are, or at the end
 */
public record ContentsSpec(
    List<Integer> rowKeys, WindowGroups groups, boolean atEnd, @Nullable SnapshotSpec snapshots)
    implements ArrivalSpec {
  public ContentsSpec {
    rowKeys = List.copyOf(rowKeys);
  }

  /** Of which changes are sent. */
  public ContentsSpec(List<Integer> rowKeys, WindowGroups groups) {
    this(rowKeys, groups, false, null);
  }

  /** Whether changes are sent. */
  boolean sendsChanges() {
    return !atEnd && snapshots == null;
  }

  @Override
  public String describe() {
    return groups.describe("Aggregate rows by " + groups.names(rowKeys))
        + (atEnd ? ", at the end of the input" : "")
        + (snapshots == null ? "" : snapshots.describe());
  }

  @Override
  public boolean isTimeDriven() {
    return atEnd || (snapshots != null && snapshots.isTimeDriven());
  }

  /**
   * By those keys of the groups that a row has for good, because they are of the table's key. By
   * others it may go from one task's group to another's, which would have to know what it was.
   */
  @Override
  public Distribution distribution() {
    List<Integer> lasting = groups.keys().stream().filter(rowKeys::contains).toList();
    return sendsChanges()
        ? Distribution.ofGroups(lasting, groups.keys(), groups.output().size(), false)
        : Distribution.WHOLE;
  }

  @Override
  public Distribution overPartitions() {
    return distribution();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsOperator(this, loader);
  }
}
