package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.MonotonicDeque;
import io.millrace.operators.aggregate.ObjectMonotonicDequeCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.List;

/**
 * The smallest or greatest of the values that are there, where rows leave in the order in which
 * they came.
 */
record SlidingExtreme(AggregateInput input, boolean isMaximum) implements Accumulator {
  @Override
  public List<StateType> fields() {
    String name = isMaximum ? "max deque" : "min deque";
    return List.of(
        isObject()
            ? StateType.object(name, ObjectMonotonicDequeCodec.of(input.type()))
            : StateType.object(name, MonotonicDeque.CODEC));
  }

  private boolean isObject() {
    return input.layout() == Layout.OBJECT;
  }

  private String type() {
    return isObject() ? "ObjectMonotonicDeque" : "MonotonicDeque";
  }

  /**
   * The row's value as a long whose order is that of the value, or the contrary one for a maximum.
   */
  private String key() {
    String sortable =
        switch (input.layout()) {
          case DOUBLE -> "DoubleMath.toSortable($x)";
          case BOOLEAN -> "($x ? 1L : 0L)";
          default -> "$x";
        };
    return isMaximum && !isObject() ? "~" + sortable : sortable;
  }

  /** The code of the first value of the deque in a field. */
  String first(String field) {
    String first = "((" + type() + ") " + field + ").first()";
    if (isObject()) {
      return first;
    }
    String sortable = isMaximum ? "~" + first : first;
    return switch (input.layout()) {
      case DOUBLE -> "DoubleMath.ofSortable(" + sortable + ")";
      case BOOLEAN -> "(" + sortable + ") != 0L";
      default -> sortable;
    };
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
    code.write("((" + type() + ") $0)." + method + "(" + key() + ");");
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
