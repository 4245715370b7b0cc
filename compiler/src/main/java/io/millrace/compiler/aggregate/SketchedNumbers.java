package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.QuantileSketch;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/** A sketch of numbers as doubles; it takes nothing back. */
record SketchedNumbers(AggregateInput input) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("quantile sketch", QuantileSketch.CODEC));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new QuantileSketch();");
  }

  @Override
  public void add(AccumulatorCode code) {
    String number = input.type() instanceof DataType.Decimal ? "$x.doubleValue()" : "(double) $x";
    code.write("((QuantileSketch) $0).add(" + number + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }

  /** A group may have rows without a number. */
  @Override
  public void merge(AccumulatorCode code) {
    code.write("((QuantileSketch) $0).addAll((QuantileSketch) $from0);");
  }
}
