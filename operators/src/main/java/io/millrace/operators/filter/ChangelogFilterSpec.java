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
 * Filters a change log: a row for which the condition is not true, or fails, becomes the deletion
 * of its key.
 */
public record ChangelogFilterSpec(
    String description, Schema output, KernelSource<RowPredicate> predicate)
    implements OperatorSpec {

  @Override
  public String describe() {
    return description;
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  /** Who else reads the rows reads those of one instance: a condition may be random. */
  @Override
  public Distribution distribution() {
    return new Distribution.Rowwise(Distribution.same(output.size()), output.names(), false, false);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(predicate);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ChangelogFilterOperator(this, loader);
  }
}
