package io.millrace.operators.table;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Makes events of changes by key: a row for each that comes or is replaced, of kind {@code +I};
 * nothing of those that go.
 *
 * @param output the columns of the changes
 */
public record EventsSpec(Schema output) implements OperatorSpec {
  @Override
  public String describe() {
    return "Events of changes";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new EventsOperator(this);
  }
}
