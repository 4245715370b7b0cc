package io.millrace.operators.window;

import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.operator.Operator;
import java.util.List;

/**
 * Aggregates the last rows of each partition for which a condition over all of them is true.
 *
 * @param read the columns in the input of the aggregates that the condition reads
 * @param aggregates these aggregates, retractable
 * @param condition over their results
 * @param text the condition, for EXPLAIN PHYSICAL
 * @param groups what is aggregated, retractable
 */
public record ExpressionWindowSpec(
    List<Integer> read,
    AggregateProgram aggregates,
    KernelSource<RowPredicate> condition,
    String text,
    WindowGroups groups)
    implements ArrivalSpec {
  public ExpressionWindowSpec {
    read = List.copyOf(read);
  }

  @Override
  public String describe() {
    return groups.describe("ExpressionWindow " + text);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(groups.program().kernel(), aggregates.kernel(), condition);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ExpressionWindowOperator(this, loader);
  }
}
