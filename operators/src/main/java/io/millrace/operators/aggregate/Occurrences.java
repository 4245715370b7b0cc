package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Different boxed internal values, NULL among them, each with how often it is there and where first
 * and last; equal ones as {@link Comparisons#equal} says are one. Where rows go, it holds the place
 * of each of them, else its size is that of the different values.
 */
public final class Occurrences {
  private static final Comparator<Value> BY_FIRST = Comparator.comparing(value -> value.first);

  /** Of those that are there most often, that one first that has been there so often first. */
  private static final Comparator<Value> BY_COUNT =
      Comparator.<Value>comparingLong(value -> value.count)
          .reversed()
          .thenComparing(value -> value.last);

  private static final class Value {
    private @Nullable Object value;
    private long count;
    private RowPlace first;
    private RowPlace last;
    private final @Nullable TreeSet<RowPlace> places;

    Value(@Nullable Object value, RowPlace place, boolean keepsPlaces) {
      this.value = value;
      this.first = place;
      this.last = place;
      this.places = keepsPlaces ? new TreeSet<>() : null;
    }

    void add(@Nullable Object other, long times, RowPlace from, RowPlace to) {
      if (from.compareTo(first) < 0) {
        value = other;
        first = from;
      }
      last = to.compareTo(last) > 0 ? to : last;
      count += times;
      if (places != null) {
        places.add(from);
      }
    }

    /** Takes the first place off that is not before another one, and says whether one is left. */
    boolean remove(RowPlace from) {
      TreeSet<RowPlace> all = Objects.requireNonNull(places);
      all.remove(Objects.requireNonNull(all.ceiling(from)));
      count--;
      if (all.isEmpty()) {
        return false;
      }
      first = all.first();
      last = all.last();
      return true;
    }
  }

  private final boolean keepsPlaces;
  private final Map<@Nullable Object, Value> values = new HashMap<>();

  /** By {@link #BY_COUNT}; made when it is asked for first, and kept from then on. */
  private @Nullable TreeSet<Value> ranking;

  private long added;

  /**
   * @param keepsPlaces whether values will be taken off
   */
  public Occurrences(boolean keepsPlaces) {
    this.keepsPlaces = keepsPlaces;
  }

  /** Adds a value, or null for NULL. */
  public void add(@Nullable Object value, long time, long cause) {
    RowPlace place = new RowPlace(time, cause, added++);
    add(value, 1, place, place);
  }

  private void add(@Nullable Object added, long times, RowPlace from, RowPlace to) {
    Value value =
        values.computeIfAbsent(
            Comparisons.nullableKey(added), unused -> new Value(added, from, keepsPlaces));
    TreeSet<Value> ranked = ranking;
    if (ranked != null && value.count > 0) {
      ranked.remove(value);
    }
    value.add(added, times, from, to);
    if (ranked != null) {
      ranked.add(value);
    }
  }

  /** Adds all of others, none of whose rows has time and cause of one that is there. */
  public void addAll(Occurrences others) {
    others.values.values().forEach(other -> add(other.value, other.count, other.first, other.last));
    added = Math.max(added, others.added);
  }

  /** Takes the first of a value off, which is there. */
  public void removeFirst(@Nullable Object value) {
    remove(value, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** Takes a value off that is there and the only one of its time and cause. */
  public void remove(@Nullable Object removed, long time, long cause) {
    Object key = Comparisons.nullableKey(removed);
    Value value = Objects.requireNonNull(values.get(key));
    TreeSet<Value> ranked = ranking;
    if (ranked != null) {
      ranked.remove(value);
    }
    if (!value.remove(RowPlace.firstOf(time, cause))) {
      values.remove(key);
    } else if (ranked != null) {
      ranked.add(value);
    }
  }

  /** The different values by their first rows. */
  public List<@Nullable Object> list() {
    return Collections.unmodifiableList(
        inOrder().map(value -> value.value).collect(Collectors.toList()));
  }

  /** The different values, which are texts, one behind the other by their first rows. */
  public String join(String separator) {
    return inOrder()
        .map(value -> String.valueOf(value.value))
        .collect(Collectors.joining(separator));
  }

  /** How often each of the different values is there, by their first rows. */
  public Map<@Nullable Object, Object> counts() {
    Map<@Nullable Object, Object> counts = new LinkedHashMap<>();
    inOrder().forEach(value -> counts.put(value.value, value.count));
    return Collections.unmodifiableMap(counts);
  }

  private Stream<Value> inOrder() {
    return values.values().stream().sorted(BY_FIRST);
  }

  /**
   * The value that is there most often, of several the one whose last row is first; there must be
   * one.
   */
  public @Nullable Object mode() {
    TreeSet<Value> ranked = ranking;
    if (ranked == null) {
      ranked = new TreeSet<>(BY_COUNT);
      ranked.addAll(values.values());
      ranking = ranked;
    }
    return ranked.first().value;
  }

  /** The codec of values of a type. */
  public static StateCodec<Occurrences> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<Occurrences> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Occurrences occurrences, DataOutput out) throws IOException {
      out.writeBoolean(occurrences.keepsPlaces);
      out.writeLong(occurrences.added);
      out.writeInt(occurrences.values.size());
      for (Value value : occurrences.inOrder().toList()) {
        values.writeNullable(value.value, out);
        out.writeLong(value.count);
        if (value.places == null) {
          write(value.first, out);
          write(value.last, out);
        } else {
          for (RowPlace place : value.places) {
            write(place, out);
          }
        }
      }
    }

    private static void write(RowPlace place, DataOutput out) throws IOException {
      out.writeLong(place.time());
      out.writeLong(place.cause());
      out.writeLong(place.number());
    }

    @Override
    public Occurrences read(int version, DataInput in) throws IOException {
      Occurrences occurrences = new Occurrences(in.readBoolean());
      occurrences.added = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        Object value = values.readNullable(in);
        long count = in.readLong();
        if (occurrences.keepsPlaces) {
          for (long i = 0; i < count; i++) {
            RowPlace place = readPlace(in);
            occurrences.add(value, 1, place, place);
          }
        } else {
          RowPlace first = readPlace(in);
          occurrences.add(value, count, first, readPlace(in));
        }
      }
      return occurrences;
    }

    private static RowPlace readPlace(DataInput in) throws IOException {
      return new RowPlace(in.readLong(), in.readLong(), in.readLong());
    }
  }
}
