package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * As {@link MonotonicDeque}, of values that come in any order and leave in that of their times,
 * equal times in the order in which they came. A value that comes in the order of time costs a
 * constant on average, another one also what is held of those behind it.
 */
public final class TimedDeque {
  /** Saves and restores a deque. */
  public static final StateCodec<TimedDeque> CODEC = new Codec();

  private long[] values = new long[4];
  private long[] times = new long[4];
  private int head;
  private int tail;

  public boolean isEmpty() {
    return head == tail;
  }

  /** The number of values held. */
  public int size() {
    return tail - head;
  }

  /** The smallest value of the deque, which must not be empty. */
  public long first() {
    return values[head];
  }

  /** Adds a value. */
  public void add(long value, long time) {
    if (tail == values.length) {
      makeRoom();
    }
    int at = tail;
    while (at > head && times[at - 1] > time) {
      at--;
    }
    // A smaller value that leaves later hides it. One that is equal does not: both are taken off.
    if (at < tail && values[at] < value) {
      return;
    }
    int from = at;
    while (from > head && values[from - 1] > value) {
      from--;
    }
    System.arraycopy(values, at, values, from + 1, tail - at);
    System.arraycopy(times, at, times, from + 1, tail - at);
    values[from] = value;
    times[from] = time;
    tail += from + 1 - at;
  }

  /** Moves all to the front, of larger arrays if these are more than half full. */
  private void makeRoom() {
    int size = size();
    int capacity = 2 * size > values.length ? 2 * values.length : values.length;
    values = Arrays.copyOf(Arrays.copyOfRange(values, head, tail), capacity);
    times = Arrays.copyOf(Arrays.copyOfRange(times, head, tail), capacity);
    head = 0;
    tail = size;
  }

  /**
   * Takes the value off that leaves first.
   *
   * @param value what it is
   */
  public void remove(long value) {
    if (head < tail && values[head] == value) {
      head++;
    }
  }

  private static final class Codec implements StateCodec<TimedDeque> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(TimedDeque deque, DataOutput out) throws IOException {
      out.writeInt(deque.size());
      for (int i = deque.head; i < deque.tail; i++) {
        out.writeLong(deque.values[i]);
        out.writeLong(deque.times[i]);
      }
    }

    @Override
    public TimedDeque read(int version, DataInput in) throws IOException {
      TimedDeque deque = new TimedDeque();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        long value = in.readLong();
        deque.add(value, in.readLong());
      }
      return deque;
    }
  }
}
