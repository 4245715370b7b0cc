package io.millrace.operators.distinct;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Lets a row through if it is another one than the last of its group that was let through.
 *
 * @param output the columns
 * @param visible how many columns in front are compared
 * @param keys the columns that tell groups apart; none for one group
 * @param ttlMillis how long a group of which no row comes is remembered, of a table one of which
 *     none goes on; 0 for ever
 * @param isByKey whether rows are those of a table by these columns: then one that is deleted goes
 *     on and is forgotten
 */
public record ChangedRowsSpec(
    Schema output, int visible, List<Integer> keys, long ttlMillis, boolean isByKey)
    implements OperatorSpec {
  /** Of rows of a stream. */
  public ChangedRowsSpec(Schema output, int visible, List<Integer> keys, long ttlMillis) {
    this(output, visible, keys, ttlMillis, false);
  }

  public ChangedRowsSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    return "ChangedRows "
        + String.join(", ", output.names().subList(0, visible))
        + (keys.isEmpty()
            ? ""
            : " per " + String.join(", ", keys.stream().map(output::name).toList()))
        + Expiry.describe(ttlMillis);
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  @Override
  public Distribution distribution() {
    return Distribution.oneForOne(keys, Distribution.same(output.size()));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ChangedRowsOperator(this);
  }
}
