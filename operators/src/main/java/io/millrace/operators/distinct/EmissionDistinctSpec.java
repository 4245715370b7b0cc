package io.millrace.operators.distinct;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets each combination of values through once in each emission: of the rows of one position and
 * time.
 *
 * @param output the columns, all of which are compared
 * @param apart the columns that are equal in all rows of an emission
 */
public record EmissionDistinctSpec(Schema output, List<Integer> apart) implements OperatorSpec {
  public EmissionDistinctSpec {
    apart = List.copyOf(apart);
  }

  @Override
  public String describe() {
    return "Distinct "
        + String.join(", ", output.names())
        + " in an emission"
        + (apart.isEmpty()
            ? ""
            : " per " + apart.stream().map(output::name).collect(Collectors.joining(", ")));
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Distribution distribution() {
    List<Integer> all = Distribution.same(output.size());
    return Distribution.oneForOne(all, all);
  }

  /** Rows of several partitions never come at one position. */
  @Override
  public Distribution overPartitions() {
    return apart.isEmpty()
        ? Distribution.WHOLE
        : new Distribution.Keyed(apart, Distribution.same(output.size()), true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new EmissionDistinctOperator(this);
  }
}
