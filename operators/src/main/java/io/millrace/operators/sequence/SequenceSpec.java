package io.millrace.operators.sequence;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Puts the rows of a stream in the order of their numbers, which come without gaps.
 *
 * @param output the rows, as they come and as they go
 * @param number the column of the number, a BIGINT or INT
 * @param skip the column, a BIGINT, of the number up to which all are done, as a row says; NULL in
 *     rows that say nothing; -1 if none does
 * @param timeoutMillis how long after its time a row waits for smaller numbers, by the watermark
 * @param limit how many rows wait at most
 */
public record SequenceSpec(Schema output, int number, int skip, long timeoutMillis, SortLimit limit)
    implements OperatorSpec {

  @Override
  public String describe() {
    return "Restore the sequence of "
        + output.name(number)
        + ", gaps wait "
        + timeoutMillis
        + " ms"
        + limit.describe();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** A row that waits may go on when the watermark is that much ahead of it. */
  @Override
  public long lagMillis() {
    return timeoutMillis;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new SequenceOperator(this);
  }
}
