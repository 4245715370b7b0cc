package io.millrace.operators.filter;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows through and computes other columns of them.
 *
 * @param description the condition and the expressions, for people
 * @param input the rows that come in
 * @param predicate which rows go on; null for all
 * @param projection what becomes of them; null if they stay as they are
 * @param terms conditions that rows must fulfil, by any of which the filter can be indexed, the
 *     most promising first
 * @param isRepeatable whether equal rows give the same each time: not so with random numbers
 */
public record FilterProjectSpec(
    String description,
    Schema input,
    @Nullable KernelSource<RowPredicate> predicate,
    @Nullable ProjectionSpec projection,
    List<FilterTerm> terms,
    boolean isRepeatable)
    implements OperatorSpec {
  public FilterProjectSpec {
    terms = List.copyOf(terms);
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Schema output() {
    return projection == null ? input : projection.output();
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return projection == null
        ? new Distribution.Rowwise(
            Distribution.same(input.size()), input.names(), false, isRepeatable)
        : new Distribution.Rowwise(projection.sources(), projection.texts(), false, isRepeatable);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    List<KernelSource<?>> kernels = new ArrayList<>();
    if (predicate != null) {
      kernels.add(predicate);
    }
    if (projection != null && projection.projector() != null) {
      kernels.add(projection.projector());
    }
    return kernels;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new FilterProjectOperator(this, loader);
  }
}
