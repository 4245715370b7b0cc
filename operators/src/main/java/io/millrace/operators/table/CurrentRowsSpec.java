package io.millrace.operators.table;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Leaves out of the changes of a table the rows that are replaced, which it sends for those who
 * look at it from outside: a query knows by the key what a change replaces.
 *
 * @param output the columns of the table
 */
public record CurrentRowsSpec(Schema output) implements OperatorSpec {
  @Override
  public String describe() {
    return "Current rows";
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
    return new CurrentRowsOperator(this);
  }
}
