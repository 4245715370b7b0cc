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
 * Aggregates batches of so many rows of each partition; a full batch sends its groups and is empty,
 * or takes the place of the one before.
 *
 * @param rows how many rows fill a batch, positive
 * @param input the rows that come in
 * @param partition the columns in the input that tell batches apart; none for a single one
 * @param keys the group's columns in the input, those of the partition first
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates
 * @param output the keys, the aggregates, and a number that differs from batch to batch
 * @param sends what is sent when
 * @param set the column in the input that says for which set of keys a row comes; -1 if there is
 *     one set
 * @param element the column in the input (BIGINT) that says which element of a row a row is, for
 *     changes: all of them, then, with 0, the row itself, which is counted and has no group; -1 if
 *     each row is counted and has one
 */
public record LengthBatchSpec(
    long rows,
    Schema input,
    List<Integer> partition,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output,
    Sends sends,
    int set,
    int element)
    implements OperatorSpec {
  /** What a batch sends. */
  public enum Sends {
    /** The full one all its groups, numbered as batches become full. */
    FULL(""),
    /** Each row its group as it is then. */
    EACH_ROW(", each row"),
    /** As {@link #EACH_ROW}, each behind the one that it replaces, which has its own time. */
    REPLACED_ROWS(", each row with what it replaces"),
    /** As {@link #EACH_ROW}, with a number that the batch has had since its first row. */
    NUMBERED_ROWS(", each row with its batch"),
    /** As {@link #FULL}, behind deletions of what only the batch before had. */
    FULL_CHANGES(", in place of the one before"),
    /** As {@link #EACH_ROW}; the first of a batch deletes what only the batch before had. */
    EACH_CHANGE(", each row, in place of the one before");

    private final String description;

    Sends(String description) {
      this.description = description;
    }

    /** What each row sends into a stream. */
    public static Sends ofRows(boolean areNumbered) {
      return areNumbered ? NUMBERED_ROWS : EACH_ROW;
    }

    /** Whether each row sends something, instead of the one that fills a batch. */
    boolean areOfRows() {
      return this != FULL && this != FULL_CHANGES;
    }

    /** Whether what is sent are changes by group. */
    boolean areChanges() {
      return this == FULL_CHANGES || this == EACH_CHANGE;
    }
  }

  /** Of one set of keys, of rows that are counted. */
  public LengthBatchSpec(
      long rows,
      Schema input,
      List<Integer> partition,
      List<Integer> keys,
      List<Integer> arguments,
      AggregateProgram program,
      Schema output,
      Sends sends) {
    this(rows, input, partition, keys, arguments, program, output, sends, -1, -1);
  }

  public LengthBatchSpec {
    partition = List.copyOf(partition);
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
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
    String ofRows = element < 0 ? "" : " rows of elements";
    return "LengthBatch " + rows + ofRows + each + by + sends.description;
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.ofGroups(partition, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new LengthBatchOperator(this, loader);
  }
}
