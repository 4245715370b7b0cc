package io.millrace.operators.window;

import io.millrace.operators.graph.HeapBound;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes changes by key of rows that enter a window ({@code +I}) and leave it ({@code -D}), or of
 * rows that take others back: of each key the row that came last of those that are there.
 *
 * @param output the columns
 * @param keys the key's columns
 * @param isByTime whether rows leave when their time has come; else for one that enters, so that
 *     both are one change
 */
public record NewestByKeySpec(Schema output, List<Integer> keys, boolean isByTime)
    implements OperatorSpec, HeapBound {
  public NewestByKeySpec {
    keys = List.copyOf(keys);
  }

  List<DataType> types() {
    return output.fields().stream().map(Field::type).toList();
  }

  @Override
  public String describe() {
    return keys.isEmpty()
        ? "Newest row"
        : "Newest row by " + String.join(", ", keys.stream().map(output::name).toList());
  }

  /** What waits goes on at the end of the turn. */
  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new NewestByKeyOperator(this);
  }
}
