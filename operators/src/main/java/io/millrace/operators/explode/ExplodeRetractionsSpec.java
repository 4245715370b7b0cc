package io.millrace.operators.explode;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * As {@link ExplodeSpec}, of rows that take others back: an element replaces that of the same
 * number of the row that its own replaces, behind which it stands; those that are no more are taken
 * back as {@code -D}, and those that were not there are {@code +I}.
 *
 * @param kindColumns the columns of the output that say the kind of each row
 */
public record ExplodeRetractionsSpec(ExplodeSpec elements, List<Integer> kindColumns)
    implements OperatorSpec {
  public ExplodeRetractionsSpec {
    kindColumns = List.copyOf(kindColumns);
  }

  @Override
  public String describe() {
    return elements.describe() + ", with retractions";
  }

  @Override
  public Schema output() {
    return elements.output();
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  /** Rows of one group go the same way, those of one pair behind each other. */
  @Override
  public Distribution overPartitions() {
    return elements.distribution();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ExplodeRetractionsOperator(this);
  }
}
