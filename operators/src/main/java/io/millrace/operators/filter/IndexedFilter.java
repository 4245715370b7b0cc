package io.millrace.operators.filter;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;

/** A filter that need not see rows that do not fulfil its term. */
public interface IndexedFilter extends Operator {
  FilterTerm term();

  /**
   * Takes those rows of a batch that fulfil the term; as {@link #process} with all of them, for a
   * fraction of the cost.
   */
  void processSelected(Batch batch, int[] rows, int count, Output output);
}
