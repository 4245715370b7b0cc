package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates everything since the start, by group, and sends all groups now and then: at the ticks
 * {@code k·d} since the epoch, which hold the rows before them, or with each n-th row of a
 * partition those of the partition.
 *
 * @param everyMillis between ticks; 0 if rows are counted
 * @param everyRows how many rows of a partition are counted; 0 for ticks
 * @param input the rows that come in; for ticks in the order of their times, where their stream
 *     declares disorder
 * @param partition the columns in the input that tell partitions apart; none for a single one
 * @param keys the group's columns in the input, those of the partition first
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates
 * @param output the keys, the aggregates, and if rows are counted a number that differs from
 *     snapshot to snapshot
 * @param ttlMillis how long a group without rows is kept; 0 for ever
 * @param set the column in the input that says for which set of keys a row comes; -1 if there is
 *     one set
 */
public record GroupSnapshotSpec(
    long everyMillis,
    long everyRows,
    Schema input,
    List<Integer> partition,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output,
    long ttlMillis,
    int set)
    implements OperatorSpec {
  /** Of one set of keys. */
  public GroupSnapshotSpec(
      long everyMillis,
      long everyRows,
      Schema input,
      List<Integer> partition,
      List<Integer> keys,
      List<Integer> arguments,
      AggregateProgram program,
      Schema output,
      long ttlMillis) {
    this(everyMillis, everyRows, input, partition, keys, arguments, program, output, ttlMillis, -1);
  }

  public GroupSnapshotSpec {
    partition = List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  List<DataType> types(List<Integer> columns) {
    return columns.stream().map(input::type).toList();
  }

  @Override
  public String describe() {
    return "Aggregate"
        + (keys.isEmpty() ? "" : " by " + names(keys))
        + ", every "
        + (everyRows > 0 ? everyRows + " rows" : everyMillis + " ms")
        + (everyRows == 0 || partition.isEmpty() ? "" : " per " + names(partition))
        + Expiry.describe(ttlMillis);
  }

  private String names(List<Integer> columns) {
    return String.join(", ", columns.stream().map(input::name).toList());
  }

  @Override
  public boolean isTimeDriven() {
    return everyMillis > 0 || ttlMillis > 0;
  }

  /** The last snapshot is the one that the last row of all is in. */
  @Override
  public Distribution distribution() {
    return Distribution.WHOLE;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.ofGroups(everyRows > 0 ? partition : keys, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return everyRows > 0
        ? new RowSnapshotOperator(this, loader)
        : new TickSnapshotOperator(this, loader);
  }
}
