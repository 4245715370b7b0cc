package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * As {@link TimedDeque}, of boxed internal values, each of which may carry another one along. Where
 * values leave in the order in which they came, all are given the same time.
 */
public final class TimedObjectDeque {
  private record Entry(Object value, @Nullable Object carried, long time) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The number of values held. */
  public int size() {
    return entries.size();
  }

  /** The first value in the order of the deque, which must not be empty. */
  public Object first() {
    return entries.getFirst().value();
  }

  /** What {@link #first} carries: of equal values, that of the one that leaves first. */
  public @Nullable Object carried() {
    return entries.getFirst().carried();
  }

  /** Adds a value, where the smallest is wanted. */
  public void addForMinimum(Object value, @Nullable Object carried, long time) {
    add(new Entry(value, carried, time), 1);
  }

  /** Adds a value, where the greatest is wanted. */
  public void addForMaximum(Object value, @Nullable Object carried, long time) {
    add(new Entry(value, carried, time), -1);
  }

  private void add(Entry entry, int sign) {
    if (entries.isEmpty() || entries.getLast().time() <= entry.time()) {
      append(entry, sign);
      return;
    }
    Deque<Entry> later = new ArrayDeque<>();
    while (!entries.isEmpty() && entries.getLast().time() > entry.time()) {
      later.addFirst(entries.removeLast());
    }
    // What leaves later and goes before it hides it; what is equal does not.
    if (sign * compare(later.getFirst(), entry) >= 0) {
      append(entry, sign);
    }
    entries.addAll(later);
  }

  private void append(Entry entry, int sign) {
    while (!entries.isEmpty() && sign * compare(entries.getLast(), entry) > 0) {
      entries.removeLast();
    }
    entries.addLast(entry);
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

  /** The codec of deques of a type whose values carry nothing. */
  public static StateCodec<TimedObjectDeque> codec(DataType type) {
    return new Codec(StoredValues.of(type), null);
  }

  /** The codec of deques of a type whose values carry values of another type. */
  public static StateCodec<TimedObjectDeque> codec(DataType type, DataType carried) {
    return new Codec(StoredValues.of(type), StoredValues.of(carried));
  }

  private record Codec(StoredValues values, @Nullable StoredValues carried)
      implements StateCodec<TimedObjectDeque> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(TimedObjectDeque deque, DataOutput out) throws IOException {
      out.writeInt(deque.entries.size());
      for (Entry entry : deque.entries) {
        values.write(entry.value(), out);
        if (carried != null) {
          carried.writeNullable(entry.carried(), out);
        }
        out.writeLong(entry.time());
      }
    }

    @Override
    public TimedObjectDeque read(int version, DataInput in) throws IOException {
      TimedObjectDeque deque = new TimedObjectDeque();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        Object value = values.read(in);
        Object other = carried == null ? null : carried.readNullable(in);
        deque.entries.addLast(new Entry(value, other, in.readLong()));
      }
      return deque;
    }
  }
}
