package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.operators.aggregate.TimedObjectDeque;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * The value of the first argument in the row in which the second is smallest or greatest of those
 * that are there, where rows leave in the order in which they came, or in that of their times.
 */
record SlidingExtremeBy(AggregateInput input, boolean isMaximum, boolean isByTime)
    implements OrderedAccumulator {
  @Override
  public List<StateType> fields() {
    return List.of(
        StateType.object(
            isMaximum ? "max by queue" : "min by queue",
            TimedObjectDeque.codec(key().type(), input.type())));
  }

  private AggregateInput.Argument key() {
    return input.arguments().get(1);
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new TimedObjectDeque();");
  }

  @Override
  public void add(AccumulatorCode code) {
    code.write(
        "((TimedObjectDeque) $0).addFor"
            + (isMaximum ? "Maximum(" : "Minimum(")
            + JavaTypes.box(key().type(), "$y")
            + ", "
            + JavaTypes.box(input.type(), "$x")
            + (isByTime ? ", $time);" : ", 0L);"));
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((TimedObjectDeque) $0).remove(" + JavaTypes.box(key().type(), "$y") + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    throw new IllegalStateException("queues of values are not merged");
  }
}
