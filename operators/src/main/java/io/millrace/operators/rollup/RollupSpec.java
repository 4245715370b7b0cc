package io.millrace.operators.rollup;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps aggregates in buckets of several granularities, and sends nothing.
 *
 * @param granularities from fine to coarse
 * @param zone in whose calendar the buckets are
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates; its kernel is a {@link
 *     io.millrace.operators.kernel.CheckingKernel}
 * @param output what is read: the keys, the aggregates, WINDOW_START, WINDOW_END
 */
public record RollupSpec(
    List<RollupGranularity> granularities,
    ZoneId zone,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output)
    implements OperatorSpec {
  public RollupSpec {
    granularities = List.copyOf(granularities);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  List<DataType> keyTypes() {
    return keys.stream().map(input::type).toList();
  }

  @Override
  public String describe() {
    String kept =
        granularities.stream()
            .map(RollupGranularity::describe)
            .collect(Collectors.joining(", ", "Rollup ", " in " + zone));
    String by = String.join(", ", keys.stream().map(input::name).toList());
    return kept + (by.isEmpty() ? "" : " by " + by);
  }

  /** Its buckets are forgotten by the watermark. */
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
  public RollupOperator create(KernelLoader loader) {
    return new RollupOperator(this, loader);
  }
}
