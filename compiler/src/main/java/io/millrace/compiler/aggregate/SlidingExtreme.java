package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.MonotonicDeque;
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
    return List.of(
        StateType.object(
            (isMaximum ? "max " : "min ") + (isObject() ? "queue" : "deque"), codec()));
  }

  private StateCodec<?> codec() {
    if (isObject()) {
      return TimedObjectDeque.codec(input.type());
    }
    return isByTime ? TimedDeque.CODEC : MonotonicDeque.CODEC;
  }

  private boolean isObject() {
    return input.layout() == Layout.OBJECT;
  }

  private String type() {
    if (isObject()) {
      return "TimedObjectDeque";
    }
    return isByTime ? "TimedDeque" : "MonotonicDeque";
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
    if (isObject()) {
      code.write(
          "((TimedObjectDeque) $0).addFor"
              + (isMaximum ? "Maximum" : "Minimum")
              + "($x, null, "
              + (isByTime ? "$time);" : "0L);"));
    } else {
      code.write("((" + type() + ") $0).add(" + key() + (isByTime ? ", $time);" : ");"));
    }
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
