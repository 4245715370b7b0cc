package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.DistinctEstimate;
import io.millrace.spi.state.StateType;
import java.util.List;

/** About how many different values there are; it takes nothing back. */
record EstimatedDistinct(AggregateInput input) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("distinct estimate", DistinctEstimate.CODEC));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new DistinctEstimate();");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write("((DistinctEstimate) $0).add(" + code.boxed() + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((DistinctEstimate) $0).addAll((DistinctEstimate) $from0);");
  }
}
