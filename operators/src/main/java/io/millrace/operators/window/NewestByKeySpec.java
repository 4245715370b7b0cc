package io.millrace.operators.window;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Makes changes by key of rows that enter a window ({@code +I}) and leave it ({@code -D}), or of
 * rows that take others back: of each key the newest row of those that are there.
 *
 * @param output the columns
 * @param keys the key's columns
 * @param isByTime whether rows leave when their time has come; else for one that enters, so that
 *     both are one change
 * @param newest which row that is
 */
public record NewestByKeySpec(Schema output, List<Integer> keys, boolean isByTime, Newest newest)
    implements OperatorSpec {
  /** Which of several rows of one key is the newest. */
  public enum Newest {
    /** The one that came last. */
    BY_ARRIVAL,
    /** The one with the greatest time; of several of these the one that came last. */
    BY_TIME
  }

  public NewestByKeySpec {
    keys = List.copyOf(keys);
  }

  List<DataType> types() {
    return output.fields().stream().map(Field::type).toList();
  }

  @Override
  public String describe() {
    String order = newest == Newest.BY_TIME ? ", in the order of time" : "";
    return keys.isEmpty()
        ? "Newest row" + order
        : "Newest row by " + String.join(", ", keys.stream().map(output::name).toList()) + order;
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
