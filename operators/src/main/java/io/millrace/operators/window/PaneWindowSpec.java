package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows in windows that overlap and share panes.
 *
 * @param windows which windows there are
 * @param graceMillis how long behind its end a window takes late rows
 * @param ticks how they are sent if they are looked at; null for windows that close
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates, as parts of a result
 * @param output the keys, the aggregates; then WINDOW_START and WINDOW_END, or the carried columns
 */
public record PaneWindowSpec(
    PaneWindows windows,
    long graceMillis,
    @Nullable Ticks ticks,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  /**
   * A window that is looked at where it ends, a tick: all groups of a partition are sent if a row
   * of it has come or gone since the last look.
   *
   * @param partition the columns in the input that tell partitions apart, the first keys
   * @param carried columns of the input that the result takes from the newest row
   */
  public record Ticks(List<Integer> partition, List<Integer> carried) {
    public Ticks {
      partition = List.copyOf(partition);
      carried = List.copyOf(carried);
    }
  }

  public PaneWindowSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    return (ticks == null ? windows.describe() : windows.describe().replace("Hopping", "Time"))
        + (graceMillis == 0 ? "" : ", grace " + graceMillis + " ms")
        + by;
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return graceMillis;
  }

  @Override
  public Distribution distribution() {
    return ticks == null
        ? Distribution.ofGroups(keys, keys, output.size(), true)
        : Distribution.WHOLE;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.ofGroups(
        ticks == null ? keys : ticks.partition(), keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new PaneWindowOperator(this, loader);
  }
}
