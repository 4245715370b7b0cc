package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.RankedNumbers;
import io.millrace.spi.state.StateType;
import java.util.List;

/** All numbers, of which that at any rank is found. */
record AllNumbers(AggregateInput input) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("numbers", RankedNumbers.codec(input.type())));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new RankedNumbers();");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write("((RankedNumbers) $0).add(" + code.boxed() + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((RankedNumbers) $0).remove(" + code.boxed() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((RankedNumbers) $0).addAll((RankedNumbers) $from0);");
  }
}
