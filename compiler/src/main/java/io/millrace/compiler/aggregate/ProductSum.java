package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.ExactSum;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.List;

/**
 * An exact sum of one argument, or of products of two.
 *
 * @param factors {@code x}, {@code y}, {@code xx}, {@code yy} or {@code xy}, where x is the first
 *     argument and y the second
 */
record ProductSum(AggregateInput input, String factors) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("sum of " + factors, ExactSum.CODEC));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new ExactSum();");
  }

  @Override
  public void add(AccumulatorCode code) {
    change(code, "add");
  }

  @Override
  public void remove(AccumulatorCode code) {
    change(code, "remove");
  }

  private void change(AccumulatorCode code, String method) {
    code.write("((ExactSum) $0)." + method + (isPrimitive() ? ofPrimitives() : ofNumbers()));
  }

  private String ofPrimitives() {
    String first = "$" + factors.charAt(0);
    return factors.length() == 1
        ? "(" + first + ");"
        : "Product(" + first + ", $" + factors.charAt(1) + ");";
  }

  private String ofNumbers() {
    String first = "ExactNumber.of($" + factors.charAt(0) + ")";
    return factors.length() == 1
        ? "(" + first + ");"
        : "(" + first + ".times(ExactNumber.of($" + factors.charAt(1) + ")));";
  }

  /** Whether all factors are of one primitive type, so that nothing is converted. */
  private boolean isPrimitive() {
    Layout first = layout(0);
    return first != Layout.OBJECT && layout(factors.length() - 1) == first;
  }

  private Layout layout(int factor) {
    return input.arguments().get(factors.charAt(factor) - 'x').type().layout();
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((ExactSum) $0).addAll((ExactSum) $from0);");
  }
}
