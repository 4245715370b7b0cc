package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** As {@link TimedDeque}, of objects: decimals, strings and bytes. */
public final class TimedObjectDeque {
  private record Entry(Object value, long time) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The first value in the order of the deque, which must not be empty. */
  public Object first() {
    return entries.getFirst().value();
  }

  /** Adds a value, where the smallest is wanted. */
  public void addForMinimum(Object value, long time) {
    add(new Entry(value, time), 1);
  }

  /** Adds a value, where the greatest is wanted. */
  public void addForMaximum(Object value, long time) {
    add(new Entry(value, time), -1);
  }

  private void add(Entry entry, int sign) {
    Deque<Entry> later = new ArrayDeque<>(0);
    while (!entries.isEmpty() && entries.getLast().time() > entry.time()) {
      later.addFirst(entries.removeLast());
    }
    // What leaves later and goes before it hides it; what is equal does not.
    if (later.isEmpty() || sign * compare(later.getFirst(), entry) >= 0) {
      while (!entries.isEmpty() && sign * compare(entries.getLast(), entry) > 0) {
        entries.removeLast();
      }
      entries.addLast(entry);
    }
    entries.addAll(later);
  }

  private static int compare(Entry one, Entry other) {
    return Comparisons.compare(one.value(), other.value());
  }

  /**
   * Takes the value off that leaves first.
   *
   * @param value what it is
   */
  public void remove(Object value) {
    if (!entries.isEmpty() && Comparisons.equal(first(), value)) {
      entries.removeFirst();
    }
  }

  /**
   * The codec of deques of a type.
   *
   * @throws IllegalArgumentException if values of the type cannot be saved so
   */
  public static StateCodec<TimedObjectDeque> codec(DataType type) {
    return new Codec(DequeValues.of(type));
  }

  private record Codec(DequeValues values) implements StateCodec<TimedObjectDeque> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(TimedObjectDeque deque, DataOutput out) throws IOException {
      out.writeInt(deque.entries.size());
      for (Entry entry : deque.entries) {
        values.write(entry.value(), out);
        out.writeLong(entry.time());
      }
    }

    @Override
    public TimedObjectDeque read(int version, DataInput in) throws IOException {
      TimedObjectDeque deque = new TimedObjectDeque();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        Object value = values.read(in);
        deque.entries.addLast(new Entry(value, in.readLong()));
      }
      return deque;
    }
  }
}
