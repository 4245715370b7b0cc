package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates everything since the start, by group.
 *
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates
 * @param output the keys, then the aggregates
 * @param atEnd whether each group is sent once, when the input has ended, instead of after each row
 * @param ttlMillis how long a group without rows is kept; 0 for ever
 */
public record GroupAggregateSpec(
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output,
    boolean atEnd,
    long ttlMillis)
    implements OperatorSpec {
  public GroupAggregateSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    return "Aggregate"
        + by
        + (atEnd ? ", at the end of the input" : "")
        + Expiry.describe(ttlMillis);
  }

  @Override
  public boolean isTimeDriven() {
    return atEnd || ttlMillis > 0;
  }

  @Override
  public boolean sendsByTime() {
    return atEnd;
  }

  @Override
  public Distribution distribution() {
    return atEnd
        ? Distribution.ofGroups(keys, keys, output.size(), true)
        : Distribution.oneForOne(keys, Distribution.groupColumns(keys, output.size()));
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new GroupAggregateOperator(this, loader);
  }
}
