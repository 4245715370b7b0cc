package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The boxed internal values of rows, NULL among them, in the order in which they leave: that of
 * their times, equal times in the order in which they came. Where they leave in the order in which
 * they came, all are given the same time. A value that comes in order costs a constant, another one
 * also what it overtakes.
 */
public final class ValueQueue {
  private record Entry(@Nullable Object value, long time) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** The number of values held. */
  public int size() {
    return entries.size();
  }

  /** The value that leaves first; the queue must not be empty. */
  public @Nullable Object first() {
    return entries.getFirst().value();
  }

  /** Adds a value, or null for NULL. */
  public void add(@Nullable Object value, long time) {
    Deque<Entry> later = null;
    while (!entries.isEmpty() && entries.getLast().time() > time) {
      later = later == null ? new ArrayDeque<>() : later;
      later.addFirst(entries.removeLast());
    }
    entries.addLast(new Entry(value, time));
    if (later != null) {
      entries.addAll(later);
    }
  }

  /** Takes the value off that leaves first. */
  public void removeFirst() {
    entries.removeFirst();
  }

  /** The codec of queues of a type. */
  public static StateCodec<ValueQueue> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<ValueQueue> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ValueQueue queue, DataOutput out) throws IOException {
      out.writeInt(queue.entries.size());
      for (Entry entry : queue.entries) {
        values.writeNullable(entry.value(), out);
        out.writeLong(entry.time());
      }
    }

    @Override
    public ValueQueue read(int version, DataInput in) throws IOException {
      ValueQueue queue = new ValueQueue();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        Object value = values.readNullable(in);
        queue.entries.addLast(new Entry(value, in.readLong()));
      }
      return queue;
    }
  }
}
