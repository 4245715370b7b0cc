package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The minima of a queue: what {@link #first} gives as values are added behind and taken off in
 * front, at a constant cost per value on average. It holds only the values that may still become
 * the minimum: those smaller than or equal to all behind them (the ascending minima algorithm;
 * Harter 2009).
 *
 * <p>For a maximum add the complements ({@code ~value}), for doubles their {@link
 * io.millrace.operators.values.DoubleMath#toSortable sortable} form.
 */
public final class MonotonicDeque {
  /** Saves and restores a deque. */
  public static final StateCodec<MonotonicDeque> CODEC = new Codec();

  private long[] values = new long[4];
  private int head;
  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  /** The number of values held. */
  public int size() {
    return size;
  }

  /** The smallest value of the queue, which must not be empty. */
  public long first() {
    return values[head];
  }

  /** Adds a value behind. */
  public void add(long value) {
    long[] ring = values;
    int first = head;
    int kept = size;
    while (kept > 0 && ring[(first + kept - 1) & (ring.length - 1)] > value) {
      kept--;
    }
    if (kept == ring.length) {
      grow();
      ring = values;
    }
    ring[(first + kept) & (ring.length - 1)] = value;
    size = kept + 1;
  }

  /**
   * Takes the oldest value off.
   *
   * @param value what it is
   */
  public void remove(long value) {
    if (size > 0 && values[head] == value) {
      head = (head + 1) & (values.length - 1);
      size--;
    }
  }

  private void grow() {
    long[] grown = Arrays.copyOf(values, 2 * values.length);
    // The ring's second part, in front of the head, moves behind the first.
    System.arraycopy(values, 0, grown, values.length, head);
    values = grown;
  }

  private static final class Codec implements StateCodec<MonotonicDeque> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(MonotonicDeque deque, DataOutput out) throws IOException {
      out.writeInt(deque.size);
      for (int i = 0; i < deque.size; i++) {
        out.writeLong(deque.values[(deque.head + i) & (deque.values.length - 1)]);
      }
    }

    @Override
    public MonotonicDeque read(int version, DataInput in) throws IOException {
      MonotonicDeque deque = new MonotonicDeque();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        deque.add(in.readLong());
      }
      return deque;
    }
  }
}
