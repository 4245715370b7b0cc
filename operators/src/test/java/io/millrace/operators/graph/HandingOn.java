package io.millrace.operators.graph;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;

/**
 * Gives what an operator sends to the first input of another one, and passes on what is refused.
 */
public final class HandingOn implements Output {
  private final Operator next;
  private final Output output;

  /**
   * @param output of the second operator
   */
  public HandingOn(Operator next, Output output) {
    this.next = next;
    this.output = output;
  }

  @Override
  public void emit(Batch batch) {
    next.process(0, batch, output);
  }

  @Override
  public void late(Batch batch, int row) {
    output.late(batch, row);
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    output.fail(batch, row, error);
  }
}
