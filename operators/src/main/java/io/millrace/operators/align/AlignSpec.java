package io.millrace.operators.align;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Passes the rows of its first input on, and holds what comes behind a mark until all other inputs
 * have given a mark of that number or of a greater one. The others bring nothing but their marks.
 *
 * @param output the rows; the first input has a BIGINT more behind them, which is the number of a
 *     mark, and NULL in rows that are none
 * @param streams the names of the streams that the inputs are
 * @param isCounted whether marks are numbered by how many came before them, from 1; then their
 *     column only says what is one
 * @param limit how many rows are held at most
 */
public record AlignSpec(Schema output, List<String> streams, boolean isCounted, SortLimit limit)
    implements OperatorSpec {
  public AlignSpec {
    streams = List.copyOf(streams);
  }

  @Override
  public String describe() {
    return "Align "
        + streams.get(0)
        + " with the marks of "
        + String.join(", ", streams.subList(1, streams.size()))
        + limit.describe();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public boolean holdsTime() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new AlignOperator(this);
  }
}
