package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.HeapBound;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

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
 * @param output the keys, the aggregates, WINDOW_START, WINDOW_END, PANE, REVISION, and with
 *     retractions ROW_KIND
 */
public record RevisedWindowSpec(
    PaneWindows windows,
    RevisionSpec revisions,
    long graceMillis,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output)
    implements HeapBound {
  public RevisedWindowSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    String grace = graceMillis == 0 ? "" : ", grace " + graceMillis + " ms";
    return kind() + grace + revisions.describe() + by;
  }

  private String kind() {
    return windows instanceof PaneWindows.Hopping hopping
            && hopping.sizeMillis() == hopping.slideMillis()
        ? "TumblingWindow " + hopping.sizeMillis() + " ms"
        : windows.describe();
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
    return Distribution.ofGroups(keys, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RevisedWindowOperator(this, loader);
  }
}
