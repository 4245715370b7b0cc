package io.millrace.operators.table;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes changes of whole rows of changes by a key that is not shown: a row is there as long as it
 * is that of any key.
 *
 * @param input the columns that are shown, those of the key behind them
 * @param output the columns that are shown
 */
public record WholeRowsSpec(Schema input, Schema output) implements OperatorSpec {

  @Override
  public String describe() {
    return "Changes of whole rows " + String.join(", ", output.names());
  }

  /** The types of the columns that are shown. */
  List<DataType> shownTypes() {
    return output.fields().stream().map(Field::type).toList();
  }

  /** The types of the columns of the key. */
  List<DataType> keyTypes() {
    return input.fields().subList(output.size(), input.size()).stream().map(Field::type).toList();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new WholeRowsOperator(this);
  }
}
