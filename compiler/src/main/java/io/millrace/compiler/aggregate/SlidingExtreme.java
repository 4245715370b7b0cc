package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.MonotonicDeque;
import io.millrace.operators.aggregate.ObjectMonotonicDequeCodec;
import io.millrace.operators.aggregate.TimedDeque;
import io.millrace.operators.aggregate.TimedObjectDeque;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.List;

/**
 * The smallest or greatest of the values that are there, where rows leave in the order in which
 * they came, or in that of their times.
 */
record SlidingExtreme(AggregateInput input, boolean isMaximum, boolean isByTime)
    implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object(isMaximum ? "max deque" : "min deque", codec()));
  }

  private StateCodec<?> codec() {
    if (isByTime) {
      return isObject() ? TimedObjectDeque.codec(input.type()) : TimedDeque.CODEC;
    }
    return isObject() ? ObjectMonotonicDequeCodec.of(input.type()) : MonotonicDeque.CODEC;
  }

  private boolean isObject() {
    return input.layout() == Layout.OBJECT;
  }

  private String type() {
    if (isByTime) {
      return isObject() ? "TimedObjectDeque" : "TimedDeque";
    }
    return isObject() ? "ObjectMonotonicDeque" : "MonotonicDeque";
  }

  /**
   * The row's value as a long whose order is that of the value, or the contrary one for a maximum.
   */
  private String key() {
    String sortable = SortableLong.of(input);
    return isMaximum && !isObject() ? "~" + sortable : sortable;
  }

  /** The code of the first value of the deque in a field. */
  String first(String field) {
    String first = "((" + type() + ") " + field + ").first()";
    if (isObject()) {
      return first;
    }
    return SortableLong.value(input, isMaximum ? "~" + first : first);
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new " + type() + "();");
  }

  @Override
  public void add(AccumulatorCode code) {
    String method = !isObject() ? "add" : isMaximum ? "addForMaximum" : "addForMinimum";
    code.write("((" + type() + ") $0)." + method + "(" + key() + (isByTime ? ", $time);" : ");"));
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("((" + type() + ") $0).remove(" + key() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    throw new IllegalStateException("queues of values are not merged");
  }
}
