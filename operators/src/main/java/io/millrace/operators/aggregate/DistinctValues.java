package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Boxed internal values and how many times each is there; equal ones as {@link Comparisons#equal}
 * says are one. A value that is there no more takes no room.
 */
public final class DistinctValues {
  private static final class Count {
    private final Object value;
    private long count;

    Count(Object value, long count) {
      this.value = value;
      this.count = count;
    }
  }

  private final Map<Object, Count> counts = new LinkedHashMap<>();

  /** The number of different values. */
  public int size() {
    return counts.size();
  }

  /**
   * Whether a value is not there yet.
   *
   * @param values null if there is none
   */
  public static boolean isNew(@Nullable DistinctValues values, Object value) {
    return values == null || !values.counts.containsKey(Comparisons.key(value));
  }

  /** Adds a value, and says whether it was not there before. */
  public boolean add(Object value) {
    return add(value, 1);
  }

  private boolean add(Object value, long times) {
    Object key = Comparisons.key(value);
    Count known = counts.get(key);
    if (known != null) {
      known.count += times;
      return false;
    }
    counts.put(key, new Count(value, times));
    return true;
  }

  /** Takes a value that is there off once, and says whether it is there no more. */
  public boolean remove(Object value) {
    Object key = Comparisons.key(value);
    Count known = Objects.requireNonNull(counts.get(key));
    if (--known.count > 0) {
      return false;
    }
    counts.remove(key);
    return true;
  }

  /** Adds all values of others, and gives those that were not there before. */
  public Object[] addAll(DistinctValues others) {
    return others.counts.values().stream()
        .filter(other -> add(other.value, other.count))
        .map(other -> other.value)
        .toArray();
  }

  /** The codec of values of a type. */
  public static StateCodec<DistinctValues> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<DistinctValues> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(DistinctValues distinct, DataOutput out) throws IOException {
      out.writeInt(distinct.size());
      for (Count count : distinct.counts.values()) {
        values.write(count.value, out);
        out.writeLong(count.count);
      }
    }

    @Override
    public DistinctValues read(int version, DataInput in) throws IOException {
      DistinctValues distinct = new DistinctValues();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        Object value = values.read(in);
        distinct.add(value, in.readLong());
      }
      return distinct;
    }
  }
}
