package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Boxed internal values in their order, each with how often it is there, of which the greatest are
 * asked for. A value comes or goes in the logarithm of their number.
 */
public final class SortedCounts {
  private final TreeMap<Object, Long> counts = new TreeMap<>(Comparisons::compare);
  private long size;

  public void add(Object value) {
    add(value, 1);
  }

  private void add(Object value, long times) {
    counts.merge(value, times, Long::sum);
    size += times;
  }

  /** Adds all values of others. */
  public void addAll(SortedCounts others) {
    others.counts.forEach(this::add);
  }

  /** Takes a value that is there off once. */
  public void remove(Object value) {
    long count = Objects.requireNonNull(counts.get(value));
    if (count == 1) {
      counts.remove(value);
    } else {
      counts.put(value, count - 1);
    }
    size--;
  }

  /** Forgets all but the greatest values. */
  public void keepGreatest(long most) {
    while (size > most) {
      remove(counts.firstKey());
    }
  }

  /** Forgets all but the greatest different values. */
  public void keepGreatestDistinct(long most) {
    while (counts.size() > most) {
      size -= counts.pollFirstEntry().getValue();
    }
  }

  /** The greatest values, so many at most, the greatest first. */
  public List<Object> greatest(long most) {
    List<Object> greatest = new ArrayList<>();
    for (Map.Entry<Object, Long> entry : counts.descendingMap().entrySet()) {
      for (long i = 0; i < entry.getValue() && greatest.size() < most; i++) {
        greatest.add(entry.getKey());
      }
      if (greatest.size() >= most) {
        break;
      }
    }
    return Collections.unmodifiableList(greatest);
  }

  /** The greatest different values, so many at most, the greatest first. */
  public List<Object> greatestDistinct(long most) {
    return counts.descendingMap().keySet().stream().limit(most).toList();
  }

  /** The codec of values of a type. */
  public static StateCodec<SortedCounts> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<SortedCounts> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SortedCounts sorted, DataOutput out) throws IOException {
      out.writeInt(sorted.counts.size());
      for (Map.Entry<Object, Long> entry : sorted.counts.entrySet()) {
        values.write(entry.getKey(), out);
        out.writeLong(entry.getValue());
      }
    }

    @Override
    public SortedCounts read(int version, DataInput in) throws IOException {
      SortedCounts sorted = new SortedCounts();
      for (int left = in.readInt(); left > 0; left--) {
        Object value = values.read(in);
        sorted.add(value, in.readLong());
      }
      return sorted;
    }
  }
}
