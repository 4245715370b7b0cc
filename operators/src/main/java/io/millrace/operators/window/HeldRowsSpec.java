package io.millrace.operators.window;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Holds the rows of a window, which leave in the order in which they came, or by their times; sends
 * nothing.
 *
 * @param until when rows leave
 * @param description the window, for EXPLAIN PHYSICAL
 * @param output the columns of the rows
 */
public record HeldRowsSpec(HeldUntil until, String description, Schema output)
    implements OperatorSpec {

  @Override
  public String describe() {
    return description;
  }

  @Override
  public boolean isTimeDriven() {
    return !(until instanceof HeldUntil.Full);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return until instanceof HeldUntil.Full full
        ? new CountedRowsOperator(full, output)
        : new HeldRowsOperator((HeldUntil.Deadline) until, output);
  }
}
