package io.millrace.operators.table;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Keeps the current rows of a table.
 *
 * @param name the name of the table
 * @param output its columns
 * @param keys indexes of its key columns
 * @param ttlMillis how long a row that is not replaced stays; 0 for ever
 * @param showsReplaced whether a row that is replaced is sent before the one that replaces it
 */
public record TableSpec(
    String name, Schema output, List<Integer> keys, long ttlMillis, boolean showsReplaced)
    implements OperatorSpec {
  /** Of a table that sends what is there now. */
  public TableSpec(String name, Schema output, List<Integer> keys, long ttlMillis) {
    this(name, output, keys, ttlMillis, false);
  }

  public TableSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    String by = String.join(", ", keys.stream().map(output::name).toList());
    String replaced = showsReplaced ? " with retractions" : "";
    return "Table " + name + " by " + by + Expiry.describe(ttlMillis) + replaced;
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  /** By keys, unless these expire: see {@link ChangesSpec#distribution}. */
  @Override
  public Distribution distribution() {
    return ttlMillis > 0 || keys.isEmpty()
        ? Distribution.WHOLE
        : new Distribution.Keyed(keys, Distribution.same(output.size()), false, !showsReplaced);
  }

  @Override
  public Distribution overPartitions() {
    return new Distribution.Keyed(keys, Distribution.same(output.size()), true);
  }

  @Override
  public TableOperator create(KernelLoader loader) {
    return new TableOperator(output, keys, ttlMillis, showsReplaced);
  }
}
