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
 * Aggregates rows in windows that close: one row per window and group when no event can change it.
 *
 * @param grid which window a row is in
 * @param partition for windows that are counted from the first row of each partition, which the
 *     grid is for a first row at the epoch, its columns in the input; null for others
 * @param graceMillis how long behind its end a window takes late rows
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates
 * @param output the keys, the aggregates, WINDOW_START, WINDOW_END
 */
public record WindowAggregateSpec(
    WindowGrid grid,
    @Nullable List<Integer> partition,
    long graceMillis,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  public WindowAggregateSpec {
    partition = partition == null ? null : List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    String grace = graceMillis == 0 ? "" : ", grace " + graceMillis + " ms";
    String windows = partition == null ? grid.describe() : "TimeBatch " + sizeMillis() + " ms";
    return windows + grace + by;
  }

  /** The size of windows that are counted from the first row of each partition. */
  long sizeMillis() {
    return grid.end(0);
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
    return Distribution.ofGroups(partition == null ? keys : partition, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new WindowAggregateOperator(this, loader);
  }
}
