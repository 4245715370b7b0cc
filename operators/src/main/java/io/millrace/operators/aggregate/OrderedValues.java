package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The boxed internal values of rows, NULL among them, in the order of the rows: by time, then by
 * cause, then as they came. A row comes or goes in the logarithm of their number.
 */
public final class OrderedValues {
  private final TreeMap<RowPlace, @Nullable Object> values = new TreeMap<>();
  private long added;

  /** Adds a value, or null for NULL. */
  public void add(@Nullable Object value, long time, long cause) {
    values.put(new RowPlace(time, cause, added++), value);
  }

  /** Adds all values of others. */
  public void addAll(OrderedValues others) {
    others.values.forEach((place, value) -> add(value, place.time(), place.cause()));
  }

  /** Takes the value of the first row off. */
  public void removeFirst() {
    values.pollFirstEntry();
  }

  /** Takes the value of a row off that is there and the only one of its time and cause. */
  public void remove(long time, long cause) {
    values.remove(Objects.requireNonNull(values.ceilingKey(RowPlace.firstOf(time, cause))));
  }

  /** Forgets all but the first values. */
  public void keepFirst(long most) {
    while (values.size() > most) {
      values.pollLastEntry();
    }
  }

  /** Forgets all but the last values. */
  public void keepLast(long most) {
    while (values.size() > most) {
      values.pollFirstEntry();
    }
  }

  /** The first value; there must be one. */
  public @Nullable Object first() {
    return values.firstEntry().getValue();
  }

  /** The last value; there must be one. */
  public @Nullable Object last() {
    return values.lastEntry().getValue();
  }

  /** The value at a place counted from 1; null if it is NULL or there are fewer. */
  public @Nullable Object nth(long place) {
    if (place > values.size()) {
      return null;
    }
    Iterator<@Nullable Object> iterator = values.values().iterator();
    for (long i = 1; i < place; i++) {
      iterator.next();
    }
    return iterator.next();
  }

  /** All values. */
  public List<@Nullable Object> list() {
    return Collections.unmodifiableList(new ArrayList<>(values.values()));
  }

  /** The first values, so many at most. */
  public List<@Nullable Object> firstValues(long most) {
    return taken(values, most);
  }

  /** The last values, so many at most, in the order of the rows. */
  public List<@Nullable Object> lastValues(long most) {
    List<@Nullable Object> taken = new ArrayList<>(taken(values.descendingMap(), most));
    Collections.reverse(taken);
    return Collections.unmodifiableList(taken);
  }

  private static List<@Nullable Object> taken(Map<RowPlace, @Nullable Object> values, long most) {
    List<@Nullable Object> taken = new ArrayList<>();
    Iterator<@Nullable Object> iterator = values.values().iterator();
    while (taken.size() < most && iterator.hasNext()) {
      taken.add(iterator.next());
    }
    return Collections.unmodifiableList(taken);
  }

  /** All values, which are texts, one behind the other. */
  public String join(String separator) {
    return values.values().stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  /** The codec of values of a type. */
  public static StateCodec<OrderedValues> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<OrderedValues> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(OrderedValues ordered, DataOutput out) throws IOException {
      out.writeInt(ordered.values.size());
      for (Map.Entry<RowPlace, @Nullable Object> entry : ordered.values.entrySet()) {
        out.writeLong(entry.getKey().time());
        out.writeLong(entry.getKey().cause());
        values.writeNullable(entry.getValue(), out);
      }
    }

    @Override
    public OrderedValues read(int version, DataInput in) throws IOException {
      OrderedValues ordered = new OrderedValues();
      for (int left = in.readInt(); left > 0; left--) {
        long time = in.readLong();
        long cause = in.readLong();
        ordered.add(values.readNullable(in), time, cause);
      }
      return ordered;
    }
  }
}
