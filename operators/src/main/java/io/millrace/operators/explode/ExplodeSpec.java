package io.millrace.operators.explode;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.stream.IntStream;

/**
 * Makes a row per element of the arrays, side by side, the shorter filled with NULL.
 *
 * @param input columns that are repeated, then the arrays
 * @param arrays how many of the last columns are arrays
 * @param isNumbered whether the number of each element stands behind them, from 1 on
 * @param endsRows whether behind the elements of each row comes the row itself, with NULL for each
 *     element and the number 0; only with numbers
 * @param output the repeated columns, then an element column for each array
 */
public record ExplodeSpec(
    Schema input, int arrays, boolean isNumbered, boolean endsRows, Schema output)
    implements OperatorSpec {
  /** Without numbers. */
  public ExplodeSpec(Schema input, int arrays, Schema output) {
    this(input, arrays, false, output);
  }

  /** Of elements alone. */
  public ExplodeSpec(Schema input, int arrays, boolean isNumbered, Schema output) {
    this(input, arrays, isNumbered, false, output);
  }

  @Override
  public String describe() {
    return "Explode "
        + String.join(", ", input.names().subList(input.size() - arrays, input.size()))
        + (isNumbered ? " with numbers" : "")
        + (endsRows ? " and ends of rows" : "");
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    int repeated = input.size() - arrays;
    return new Distribution.Rowwise(
        IntStream.range(0, output.size()).map(i -> i < repeated ? i : -1).boxed().toList(),
        output.names(),
        true,
        true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ExplodeOperator(this);
  }
}
