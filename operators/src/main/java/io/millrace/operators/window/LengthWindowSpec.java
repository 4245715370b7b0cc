package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates the last rows of each partition; each arriving row sends its group.
 *
 * @param rows how many rows a window holds, positive
 * @param input the rows that come in
 * @param partition the columns in the input that tell windows apart; none for a single window
 * @param keys the group's columns in the input, those of the partition first
 * @param arguments the aggregates' columns in the input
 * @param carried columns of the input that the result takes from the arriving row
 * @param program the aggregates, retractable
 * @param output the keys, the aggregates, the carried columns
 */
public record LengthWindowSpec(
    long rows,
    Schema input,
    List<Integer> partition,
    List<Integer> keys,
    List<Integer> arguments,
    List<Integer> carried,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  public LengthWindowSpec {
    partition = List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
    carried = List.copyOf(carried);
  }

  @Override
  public String describe() {
    String each =
        partition.isEmpty()
            ? ""
            : " per " + String.join(", ", partition.stream().map(input::name).toList());
    String by =
        keys.size() == partition.size()
            ? ""
            : " by " + String.join(", ", keys.stream().map(input::name).toList());
    return "LengthWindow " + rows + each + by;
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public long lagMillis() {
    return 0;
  }

  @Override
  public Distribution distribution() {
    return Distribution.ofGroups(partition, keys, output.size());
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new LengthWindowOperator(this, loader);
  }
}
