package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * The minima or maxima of a queue of objects; as {@link MonotonicDeque} for values that are no
 * longs: decimals, strings, bytes and what is composed. Saved by {@link ObjectMonotonicDequeCodec}.
 */
public final class ObjectMonotonicDeque {
  private final ArrayDeque<Object> values = new ArrayDeque<>();

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The number of values held. */
  public int size() {
    return values.size();
  }

  /** The first value in the order of the queue, which must not be empty. */
  public Object first() {
    return Objects.requireNonNull(values.peekFirst());
  }

  /** Adds a value behind, where the smallest is wanted. */
  public void addForMinimum(Object value) {
    while (!values.isEmpty() && Comparisons.compare(values.getLast(), value) > 0) {
      values.removeLast();
    }
    values.addLast(value);
  }

  /** Adds a value behind, where the greatest is wanted. */
  public void addForMaximum(Object value) {
    while (!values.isEmpty() && Comparisons.compare(values.getLast(), value) < 0) {
      values.removeLast();
    }
    values.addLast(value);
  }

  /**
   * Takes the oldest value off.
   *
   * @param value what it is
   */
  public void remove(Object value) {
    if (!values.isEmpty() && Comparisons.equal(values.getFirst(), value)) {
      values.removeFirst();
    }
  }

  /** All values held, in order. */
  Iterable<Object> values() {
    return values;
  }

  /** Adds a value behind as it was saved. */
  void restore(Object value) {
    values.addLast(value);
  }
}
