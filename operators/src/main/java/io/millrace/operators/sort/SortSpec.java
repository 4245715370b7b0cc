package io.millrace.operators.sort;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Puts the rows of a stream in the order of their event times.
 *
 * @param output the rows, as they come and as they go
 * @param keepsLate whether rows that come behind the watermark go on as they come; else they are
 *     late
 * @param limit how many rows wait at most
 */
public record SortSpec(Schema output, boolean keepsLate, SortLimit limit) implements OperatorSpec {

  /** One whose late rows are late, without a limit. */
  public SortSpec(Schema output) {
    this(output, false, SortLimit.NONE);
  }

  @Override
  public String describe() {
    return "Sort by event time" + (keepsLate ? ", late rows as they come" : "") + limit.describe();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new SortOperator(this);
  }
}
