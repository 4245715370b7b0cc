package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values that come and go in any order, each with how often it is there: what {@link #first} and
 * {@link #last} are. Doubles and BOOLEANs are held as longs of the same order.
 */
public final class ValueCounts {
  private final TreeMap<Object, Integer> counts = new TreeMap<>(Comparisons::compare);

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The smallest value; there must be one. */
  public Object first() {
    return counts.firstKey();
  }

  /** The greatest value; there must be one. */
  public Object last() {
    return counts.lastKey();
  }

  /** The smallest value, which is a long. */
  public long firstLong() {
    return (Long) counts.firstKey();
  }

  /** The greatest value, which is a long. */
  public long lastLong() {
    return (Long) counts.lastKey();
  }

  public void add(Object value) {
    counts.merge(value, 1, Integer::sum);
  }

  public void add(long value) {
    add((Object) value);
  }

  /** Takes a value off once. */
  public void remove(Object value) {
    counts.computeIfPresent(value, (v, count) -> count == 1 ? null : count - 1);
  }

  public void remove(long value) {
    remove((Object) value);
  }

  /** Saves and restores values of a type. */
  public static StateCodec<ValueCounts> codec(DataType type) {
    return type.layout() == Layout.OBJECT
        ? new ObjectCodec(StoredValues.of(type))
        : new LongCodec();
  }

  private abstract static class Codec implements StateCodec<ValueCounts> {
    abstract void writeValue(Object value, DataOutput out) throws IOException;

    abstract Object readValue(DataInput in) throws IOException;

    @Override
    public final int version() {
      return 1;
    }

    @Override
    public final void write(ValueCounts values, DataOutput out) throws IOException {
      out.writeInt(values.counts.size());
      for (Map.Entry<Object, Integer> entry : values.counts.entrySet()) {
        writeValue(entry.getKey(), out);
        out.writeInt(entry.getValue());
      }
    }

    @Override
    public final ValueCounts read(int version, DataInput in) throws IOException {
      ValueCounts values = new ValueCounts();
      for (int left = in.readInt(); left > 0; left--) {
        Object value = readValue(in);
        values.counts.put(value, in.readInt());
      }
      return values;
    }
  }

  private static final class LongCodec extends Codec {
    @Override
    void writeValue(Object value, DataOutput out) throws IOException {
      out.writeLong((Long) value);
    }

    @Override
    Object readValue(DataInput in) throws IOException {
      return in.readLong();
    }
  }

  private static final class ObjectCodec extends Codec {
    private final StoredValues values;

    ObjectCodec(StoredValues values) {
      this.values = values;
    }

    @Override
    void writeValue(Object value, DataOutput out) throws IOException {
      values.write(value, out);
    }

    @Override
    Object readValue(DataInput in) throws IOException {
      return values.read(in);
    }
  }
}
