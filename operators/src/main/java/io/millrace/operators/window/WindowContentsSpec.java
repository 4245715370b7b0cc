package io.millrace.operators.window;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Sends the rows of a window as they enter, as {@code +I}, and once more as they leave, as {@code
 * -D}: of windows for which {@link HeldUntil} says that.
 *
 * @param until when rows leave
 * @param description the window, for EXPLAIN PHYSICAL
 * @param carried the columns in the input that are sent
 * @param output these columns, and, if rows leave by their times, when they do (BIGINT or
 *     TIMESTAMP)
 */
public record WindowContentsSpec(
    HeldUntil until, String description, List<Integer> carried, Schema output)
    implements OperatorSpec {
  public WindowContentsSpec {
    carried = List.copyOf(carried);
  }

  @Override
  public String describe() {
    return description + SlidingEmission.CONTENTS.description();
  }

  @Override
  public boolean isTimeDriven() {
    return !(until instanceof HeldUntil.Full);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return until instanceof HeldUntil.Full full
        ? new CountedRowsOperator(full, output, carried)
        : new TimedContentsOperator((HeldUntil.Deadline) until, this);
  }
}
