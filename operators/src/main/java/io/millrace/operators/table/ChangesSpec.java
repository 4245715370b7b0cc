package io.millrace.operators.table;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes exact changes of upserts and deletions: keeps the current row of each key, so that a
 * deletion goes on with the row that it takes away, and not at all where there is none.
 *
 * @param output the columns
 * @param keys indexes of the key columns
 * @param ttlMillis after how long a row that is not replaced is deleted; 0 for never
 * @param showsReplaced whether a row that is replaced is sent before the one that replaces it
 */
public record ChangesSpec(Schema output, List<Integer> keys, long ttlMillis, boolean showsReplaced)
    implements OperatorSpec {
  /** Without the rows that are replaced. */
  public ChangesSpec(Schema output, List<Integer> keys, long ttlMillis) {
    this(output, keys, ttlMillis, false);
  }

  public ChangesSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    String by = String.join(", ", keys.stream().map(output::name).toList());
    return (keys.isEmpty() ? "Changes" : "Changes by " + by)
        + Expiry.describe(ttlMillis)
        + (showsReplaced ? " with retractions" : "");
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  /**
   * By keys, unless these expire: several may do so at one advance, in the order in which they were
   * touched, which no task knows alone.
   */
  @Override
  public Distribution distribution() {
    return ttlMillis > 0 ? Distribution.WHOLE : overPartitions();
  }

  @Override
  public Distribution overPartitions() {
    List<Integer> same = Distribution.same(output.size());
    return showsReplaced && !keys.isEmpty()
        ? new Distribution.Keyed(keys, same, false, false)
        : Distribution.oneForOne(keys, same);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new TableOperator(output, keys, ttlMillis, showsReplaced);
  }
}
