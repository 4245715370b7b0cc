package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The boxed internal values of rows in the order of a key that each row has, the smallest or the
 * greatest first, equal keys in the order of the rows. A row comes or goes in the logarithm of
 * their number.
 */
public final class RankedRows {
  private record Rank(Object key, RowPlace place) {}

  private final boolean isGreatestFirst;
  private final TreeMap<Rank, Object> values;
  private long added;

  /**
   * @param isGreatestFirst whether the greatest key is first, not the smallest
   */
  public RankedRows(boolean isGreatestFirst) {
    this.isGreatestFirst = isGreatestFirst;
    Comparator<Rank> byKey = (one, other) -> Comparisons.compare(one.key(), other.key());
    this.values =
        new TreeMap<>((isGreatestFirst ? byKey.reversed() : byKey).thenComparing(Rank::place));
  }

  public void add(Object key, Object value, long time, long cause) {
    values.put(new Rank(key, new RowPlace(time, cause, added++)), value);
  }

  /** Adds all rows of others. */
  public void addAll(RankedRows others) {
    others.values.forEach(
        (rank, value) -> add(rank.key(), value, rank.place().time(), rank.place().cause()));
  }

  /** Takes the first row of a key off, which is there. */
  public void remove(Object key) {
    remove(key, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** Takes a row off that is there and the only one of its time and cause. */
  public void remove(Object key, long time, long cause) {
    Rank rank = values.ceilingKey(new Rank(key, RowPlace.firstOf(time, cause)));
    values.remove(Objects.requireNonNull(rank));
  }

  /** Forgets all but the first rows. */
  public void keepFirst(long most) {
    while (values.size() > most) {
      values.pollLastEntry();
    }
  }

  /** The value of the first row; there must be one. */
  public Object first() {
    return values.firstEntry().getValue();
  }

  /** The values of the first rows, so many at most. */
  public List<Object> firstValues(long most) {
    List<Object> taken = new ArrayList<>();
    Iterator<Object> iterator = values.values().iterator();
    while (taken.size() < most && iterator.hasNext()) {
      taken.add(iterator.next());
    }
    return Collections.unmodifiableList(taken);
  }

  /** The codec of rows with keys of a type and values of another one. */
  public static StateCodec<RankedRows> codec(DataType key, DataType value) {
    return new Codec(StoredValues.of(key), StoredValues.of(value));
  }

  private record Codec(StoredValues keys, StoredValues values) implements StateCodec<RankedRows> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RankedRows rows, DataOutput out) throws IOException {
      out.writeBoolean(rows.isGreatestFirst);
      out.writeInt(rows.values.size());
      for (Map.Entry<Rank, Object> entry : rows.values.entrySet()) {
        keys.write(entry.getKey().key(), out);
        out.writeLong(entry.getKey().place().time());
        out.writeLong(entry.getKey().place().cause());
        values.write(entry.getValue(), out);
      }
    }

    @Override
    public RankedRows read(int version, DataInput in) throws IOException {
      RankedRows rows = new RankedRows(in.readBoolean());
      for (int left = in.readInt(); left > 0; left--) {
        Object key = keys.read(in);
        long time = in.readLong();
        long cause = in.readLong();
        rows.add(key, values.read(in), time, cause);
      }
      return rows;
    }
  }
}
