package io.millrace.operators.filter;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;
import java.util.List;

/** A filter that need not see rows that do not fulfil one of its terms. */
public interface IndexedFilter extends Operator {
  /** The terms by which it can be indexed, the most promising first; empty if there are none. */
  List<FilterTerm> terms();

  /**
   * Takes the rows of a batch that concern it by one of its terms; as {@link #process} with all
   * rows, for a fraction of the cost.
   *
   * @param rows the indexes of these rows, rising
   */
  void processSelected(FilterTerm term, Batch batch, int[] rows, int count, Output output);
}
