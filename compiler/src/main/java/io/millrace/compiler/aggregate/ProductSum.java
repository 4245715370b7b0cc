package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.ExactSum;
import io.millrace.spi.state.StateType;
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

  private String product() {
    String first = "ExactNumber.of($" + factors.charAt(0) + ")";
    return factors.length() == 1
        ? first
        : first + ".times(ExactNumber.of($" + factors.charAt(1) + "))";
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write("((ExactSum) $0).add(" + product() + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((ExactSum) $0).remove(" + product() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((ExactSum) $0).addAll((ExactSum) $from0);");
  }
}
