package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.ValueQueue;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * The values that are there, where rows leave in the order in which they came, or in that of their
 * times.
 */
record SlidingFirst(AggregateInput input, boolean isByTime) implements OrderedAccumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("queue", ValueQueue.codec(input.type())));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new ValueQueue();");
  }

  @Override
  public void add(AccumulatorCode code) {
    String time = isByTime ? "$time" : "0L";
    code.write("((ValueQueue) $0).add(" + code.boxed() + ", " + time + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((ValueQueue) $0).removeFirst();");
  }

  @Override
  public void merge(AccumulatorCode code) {
    throw new IllegalStateException("queues of values are not merged");
  }
}
