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
 * Aggregates the rows of the last time span; rows that come or go send their groups.
 *
 * @param sizeMillis the span, positive
 * @param emission when groups are sent
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param carried columns of the input that the result takes from the newest row
 * @param program the aggregates, retractable by time
 * @param output the keys, the aggregates, the carried columns
 */
public record TimeWindowSpec(
    long sizeMillis,
    SlidingEmission emission,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    List<Integer> carried,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  public TimeWindowSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
    carried = List.copyOf(carried);
  }

  /** Whether rows that leave are sent themselves, because nothing is aggregated. */
  boolean sendsLeavingRows() {
    return emission.isOnExpiry()
        && !emission.isByGroup()
        && program.results().isEmpty()
        && !carried.isEmpty();
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    return "TimeWindow " + sizeMillis + " ms" + by + emission.description();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.ofGroups(keys, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new TimeWindowOperator(this, loader);
  }
}
