package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window that its rows enter and leave aggregates, and by what.
 *
 * @param input the rows that come in
 * @param partition the columns in the input that tell windows apart; none for a single window
 * @param keys the group's columns in the input, those of the partition first
 * @param arguments the aggregates' columns in the input
 * @param carried columns of the input that the result takes from the arriving row
 * @param program the aggregates
 * @param output the keys, the aggregates, where snapshots count rows a number that differs from one
 *     to the other, the carried columns
 * @param emission which changes send the group that they concern, without snapshots
 * @param snapshots when all groups are sent; null if rows that enter send their own
 */
public record WindowGroups(
    Schema input,
    List<Integer> partition,
    List<Integer> keys,
    List<Integer> arguments,
    List<Integer> carried,
    AggregateProgram program,
    Schema output,
    SlidingEmission emission,
    @Nullable SnapshotSpec snapshots) {
  public WindowGroups {
    partition = List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
    carried = List.copyOf(carried);
  }

  /** Of a window whose rows send their groups when they enter. */
  public WindowGroups(
      Schema input,
      List<Integer> partition,
      List<Integer> keys,
      List<Integer> arguments,
      List<Integer> carried,
      AggregateProgram program,
      Schema output) {
    this(
        input, partition, keys, arguments, carried, program, output, SlidingEmission.ARRIVAL, null);
  }

  /** Whether rows that leave are sent themselves, because nothing is aggregated. */
  boolean sendsLeavingRows() {
    return emission.isOnExpiry()
        && !emission.isByGroup()
        && program.results().isEmpty()
        && !carried.isEmpty();
  }

  /** Whether rows that enter send their groups, and nothing else is sent or remembered of these. */
  boolean isSentOnArrivalOnly() {
    return emission == SlidingEmission.ARRIVAL && snapshots == null && !program.isLasting();
  }

  /** Whether nothing is sent, and rows are held for those who ask for them. */
  boolean holdsRows() {
    return emission == SlidingEmission.HELD;
  }

  /**
   * The columns in the input that are kept of each row because it is sent when it leaves, or is
   * asked for.
   */
  List<Integer> sentOfRows() {
    return sendsLeavingRows() || holdsRows() ? carried : List.of();
  }

  /** Whether groups know columns of their newest rows, since other rows send them. */
  boolean keepsNewest() {
    return snapshots != null || (emission.isOnExpiry() && !sendsLeavingRows());
  }

  /**
   * Whether a group is sent before the row enters for which another one leaves, with columns of its
   * newest row.
   */
  boolean sendsNewestOfRest() {
    return emission.isOnExpiry()
        && !emission.changesOnce()
        && !sendsLeavingRows()
        && !carried.isEmpty();
  }

  /** Whether a window is one group. */
  boolean isUngrouped() {
    return keys.size() == partition.size();
  }

  /** The window with its partitions and groups, for EXPLAIN PHYSICAL. */
  String describe(String window) {
    return window
        + (partition.isEmpty() ? "" : " per " + names(partition))
        + (isUngrouped() ? "" : " by " + names(keys))
        + (snapshots == null ? emission.description() : snapshots.describe());
  }

  String names(List<Integer> columns) {
    return String.join(", ", columns.stream().map(input::name).toList());
  }

  List<DataType> types(List<Integer> columns) {
    return columns.stream().map(input::type).toList();
  }

  /**
   * Of a window that sends the group of the arriving row. A snapshot is of all partitions, or
   * numbered among those of all.
   */
  Distribution distribution() {
    return snapshots == null
        ? Distribution.ofGroups(partition, keys, output.size(), false)
        : Distribution.WHOLE;
  }

  /** See {@link OperatorSpec#overPartitions}. */
  Distribution overPartitions() {
    return Distribution.ofGroups(partition, keys, output.size(), snapshots != null);
  }

  /** {@link #overPartitions} of a window that sends groups of several partitions together. */
  Distribution togetherOverPartitions() {
    return Distribution.ofGroups(partition, keys, output.size(), true);
  }

  List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }
}
