package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * What a window that its rows enter and leave aggregates, and by what.
 *
 * @param input the rows that come in
 * @param partition the columns in the input that tell windows apart; none for a single window
 * @param keys the group's columns in the input, those of the partition first
 * @param arguments the aggregates' columns in the input
 * @param carried columns of the input that the result takes from the arriving row
 * @param program the aggregates
 * @param output the keys, the aggregates, the carried columns
 */
public record WindowGroups(
    Schema input,
    List<Integer> partition,
    List<Integer> keys,
    List<Integer> arguments,
    List<Integer> carried,
    AggregateProgram program,
    Schema output) {
  public WindowGroups {
    partition = List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
    carried = List.copyOf(carried);
  }

  /** Whether a window is one group. */
  boolean isUngrouped() {
    return keys.size() == partition.size();
  }

  /** The window with its partitions and groups, for EXPLAIN PHYSICAL. */
  String describe(String window) {
    return window
        + (partition.isEmpty() ? "" : " per " + names(partition))
        + (isUngrouped() ? "" : " by " + names(keys));
  }

  String names(List<Integer> columns) {
    return String.join(", ", columns.stream().map(input::name).toList());
  }

  List<DataType> types(List<Integer> columns) {
    return columns.stream().map(input::type).toList();
  }

  /** For a window that sends the group of the arriving row. */
  Distribution distribution() {
    return Distribution.ofGroups(partition, keys, output.size(), false);
  }

  List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }
}
