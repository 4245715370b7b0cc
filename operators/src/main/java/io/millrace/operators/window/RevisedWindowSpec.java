package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows in windows that close and send more than their last word.
 *
 * @param windows which windows there are
 * @param revisions what they send
 * @param graceMillis how long behind its end a window takes late rows
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates, of each window by itself
 * @param output the keys, the aggregates, WINDOW_START, WINDOW_END, PANE, REVISION, with
 *     retractions ROW_KIND, then what is carried of rows
 */
public record RevisedWindowSpec(
    ClosingWindows windows,
    RevisionSpec revisions,
    long graceMillis,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  public RevisedWindowSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    String grace = graceMillis == 0 ? "" : ", grace " + graceMillis + " ms";
    String waiting = revisions.dependsOnOrder(graceMillis) ? revisions.limit().describe() : "";
    return windows.describe() + grace + revisions.describe() + waiting + by;
  }

  /** Where windows begin that are counted from the first row of their partition. */
  @Nullable PartitionGrids grids(StateContext state) {
    if (windows instanceof ClosingWindows.Successive successive) {
      List<Integer> partition = successive.partition();
      return partition == null
          ? null
          : new PartitionGrids(state, input, partition, successive.sizeMillis());
    }
    return null;
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
    List<Integer> partition =
        windows instanceof ClosingWindows.Successive successive ? successive.partition() : null;
    return Distribution.ofGroups(partition == null ? keys : partition, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    RevisedWindowOperator operator = new RevisedWindowOperator(this, loader);
    return revisions.dependsOnOrder(graceMillis)
        ? new AwaitingOperator(operator, operator::waits, input, revisions.limit())
        : operator;
  }
}
