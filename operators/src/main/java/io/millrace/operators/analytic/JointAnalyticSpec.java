package io.millrace.operators.analytic;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sends each row with aggregates of frames around it, in partitions of several kinds, when rows
 * that it waits for have come in all of them.
 *
 * @param input the rows that come in, in the order of their times
 * @param passed how many columns in front are passed on
 * @param parts one for each kind of partition, which passes no column on; their frames wait for
 *     rows, so that they refuse none
 * @param output the passed columns, then what each part gives
 */
public record JointAnalyticSpec(Schema input, int passed, List<AnalyticSpec> parts, Schema output)
    implements OperatorSpec {
  public JointAnalyticSpec {
    parts = List.copyOf(parts);
    for (AnalyticSpec part : parts) {
      if (part.passed() > 0
          || !part.rankings().isEmpty()
          || part.looksByTime()
          || part.frames().stream().anyMatch(frame -> frame.bounds().endsWithRow())) {
        throw new IllegalArgumentException("a part that does not wait for rows only");
      }
    }
  }

  @Override
  public String describe() {
    return parts.stream().map(AnalyticSpec::describe).collect(Collectors.joining("; "));
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** By what all partitions have in common. */
  @Override
  public Distribution distribution() {
    List<Integer> common = new ArrayList<>(parts.get(0).partition());
    parts.forEach(part -> common.retainAll(part.partition()));
    if (common.isEmpty()) {
      return Distribution.WHOLE;
    }
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      sources.add(i < passed ? i : -1);
    }
    return new Distribution.Keyed(common, sources, true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return parts.stream().<KernelSource<?>>flatMap(part -> part.kernels().stream()).toList();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new JointAnalyticOperator(this, loader);
  }
}
