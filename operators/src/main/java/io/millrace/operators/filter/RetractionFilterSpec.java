package io.millrace.operators.filter;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Filters rows that take others back: of a row that is replaced and the one that replaces it both,
 * one or none may go on. One that goes on alone is of kind {@code -D} or {@code +I}.
 *
 * @param output the rows, as they come and as they go
 * @param kindColumn the column that says the kind of each row
 */
public record RetractionFilterSpec(
    String description, Schema output, int kindColumn, KernelSource<RowPredicate> predicate)
    implements OperatorSpec {

  @Override
  public String describe() {
    return description + ", with retractions";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  /** Rows of one group go the same way, those of one pair behind each other. */
  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(predicate);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RetractionFilterOperator(this, loader);
  }
}
