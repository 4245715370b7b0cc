package io.millrace.operators.distinct;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets each combination of values through once in each batch of rows.
 *
 * @param output the columns; all but the number are compared
 * @param number the column (BIGINT) with the number of the batch, by which batches of a partition
 *     that follow each other differ
 * @param partition the columns that tell partitions apart, each of which has one batch at a time
 */
public record BatchDistinctSpec(Schema output, int number, List<Integer> partition)
    implements OperatorSpec {
  public BatchDistinctSpec {
    partition = List.copyOf(partition);
  }

  /** The columns that are compared. */
  List<Integer> values() {
    return Distribution.same(output.size()).stream().filter(column -> column != number).toList();
  }

  @Override
  public String describe() {
    return "Distinct "
        + values().stream().map(output::name).collect(Collectors.joining(", "))
        + " in a batch"
        + (partition.isEmpty()
            ? ""
            : " per " + partition.stream().map(output::name).collect(Collectors.joining(", ")));
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return Distribution.oneForOne(partition, Distribution.same(output.size()));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new BatchDistinctOperator(this);
  }
}
