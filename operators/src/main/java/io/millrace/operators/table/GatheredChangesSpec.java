package io.millrace.operators.table;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes one change of all changes of a key that are sent at one moment of one position: where many
 * rows leave or take the place of others at once, what a key has been in between is nothing that
 * was there.
 *
 * @param output the columns
 * @param keys indexes of the key columns
 */
public record GatheredChangesSpec(Schema output, List<Integer> keys) implements OperatorSpec {
  public GatheredChangesSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    return keys.isEmpty()
        ? "One change"
        : "One change by " + String.join(", ", keys.stream().map(output::name).toList());
  }

  /** What has been gathered goes on at the end of the turn. */
  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** One instance keeps the order of all keys, which partitions do not have together. */
  @Override
  public Distribution overPartitions() {
    return Distribution.ofPartitions(keys, output.size());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new GatheredChangesOperator(this);
  }
}
