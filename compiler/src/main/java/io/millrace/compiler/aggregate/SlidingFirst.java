package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
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
    String value = JavaTypes.box(input.type(), "$x");
    String nullable = input.takesNull() ? code.isNull() + " ? null : " + value : value;
    code.write("((ValueQueue) $0).add(" + nullable + ", " + (isByTime ? "$time" : "0L") + ");");
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
