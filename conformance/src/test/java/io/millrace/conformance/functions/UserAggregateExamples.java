package io.millrace.conformance.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aggregates as users write them, of each form that there is. */
public final class UserAggregateExamples {
  private UserAggregateExamples() {}

  /** All of them. */
  public static Class<?>[] classes() {
    return new Class<?>[] {
      RootMeanSquare.class,
      Spread.class,
      Total.class,
      Path.class,
      Weighted.class,
      HowMany.class,
      TextTotal.class,
      Tally.class
    };
  }

  /** Holds a map, with everything that windows may ask for. */
  @AggregateFunction(
      name = "spread",
      signature = "(BIGINT) -> BIGINT",
      description = "The distance between the smallest and the greatest value.",
      category = "tests",
      examples = "spread(x)")
  public static final class Spread {
    private Spread() {}

    /** How often each value is there. */
    public record Counts(Map<Long, Long> times) {}

    public static Counts create() {
      return new Counts(Map.of());
    }

    public static Counts accumulate(Counts held, long x) {
      return with(held, x, 1);
    }

    public static Counts retract(Counts held, long x) {
      return with(held, x, -1);
    }

    public static Counts merge(Counts one, Counts other) {
      Counts merged = one;
      for (Map.Entry<Long, Long> entry : other.times().entrySet()) {
        merged = with(merged, entry.getKey(), entry.getValue());
      }
      return merged;
    }

    public static @Nullable Long result(Counts held) {
      TreeMap<Long, Long> sorted = new TreeMap<>(held.times());
      return sorted.isEmpty() ? null : sorted.lastKey() - sorted.firstKey();
    }

    private static Counts with(Counts held, long x, long times) {
      Map<Long, Long> counts = new LinkedHashMap<>(held.times());
      counts.merge(x, times, (one, more) -> one + more == 0 ? null : one + more);
      return new Counts(counts);
    }
  }

  /** Only takes rows, and refuses some: a sum that is never negative nor out of its range. */
  @AggregateFunction(
      name = "total",
      signature = "(BIGINT) -> BIGINT",
      description = "The sum of values none of which is negative.",
      category = "tests",
      examples = "total(x)")
  public static final class Total {
    private Total() {}

    /** The sum. */
    public record Sum(long value) {}

    public static Sum create() {
      return new Sum(0);
    }

    public static Sum accumulate(Sum held, long x) {
      if (x < 0) {
        throw new RowException("no total with " + x);
      }
      return new Sum(Math.addExact(held.value(), x));
    }

    public static long result(Sum held) {
      return held.value();
    }
  }

  /**
   * Holds any object, with a codec, and takes rows back, but only in their order; NULL is taken.
   */
  @AggregateFunction(
      name = "path",
      signature = "(STRING) -> STRING",
      description = "The texts one behind the other.",
      category = "tests",
      examples = "path(place)")
  public static final class Path {
    private Path() {}

    /** The places in their order; never changed. */
    public static final class Places {
      private final List<String> names;

      Places(List<String> names) {
        this.names = Collections.unmodifiableList(names);
      }
    }

    public static Places create() {
      return new Places(List.of());
    }

    public static Places accumulate(Places held, @Nullable String place) {
      List<String> names = new ArrayList<>(held.names);
      names.add(place == null ? "?" : place);
      return new Places(names);
    }

    public static Places retract(Places held, @Nullable String place) {
      if (!held.names.get(0).equals(place == null ? "?" : place)) {
        throw new IllegalStateException(place + " is not the first of " + held.names);
      }
      return new Places(held.names.subList(1, held.names.size()));
    }

    public static String result(Places held) {
      return String.join(">", held.names);
    }

    public static StateCodec<Places> codec() {
      return new StateCodec<>() {
        @Override
        public int version() {
          return 1;
        }

        @Override
        public void write(Places places, DataOutput out) throws IOException {
          out.writeInt(places.names.size());
          for (String name : places.names) {
            out.writeUTF(name);
          }
        }

        @Override
        public Places read(int version, DataInput in) throws IOException {
          List<String> names = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
          }
          return new Places(names);
        }
      };
    }
  }

  /** Takes two arguments, one of which may be NULL, and gives a struct. */
  @AggregateFunction(
      name = "weighted",
      signature = "(BIGINT, DOUBLE) -> ARRAY<DOUBLE>",
      description = "The sum of values by their weights, 1 if there is none, and that of weights.",
      category = "tests",
      examples = "weighted(x, w)")
  public static final class Weighted {
    private Weighted() {}

    /** Both sums, and the least weight, if there is one. */
    public record Sums(double values, double weights, @Nullable Double least, boolean isEmpty) {}

    public static Sums create() {
      return new Sums(0, 0, null, true);
    }

    public static Sums accumulate(Sums held, long x, @Nullable Double weight) {
      double by = weight == null ? 1 : weight;
      Double least = held.least();
      return new Sums(
          held.values() + x * by,
          held.weights() + by,
          least == null || (weight != null && weight < least) ? weight : least,
          false);
    }

    public static List<@Nullable Double> result(Sums held) {
      List<@Nullable Double> sums = new ArrayList<>();
      sums.add(held.values());
      sums.add(held.weights());
      sums.add(held.least());
      return sums;
    }
  }

  /** Takes no argument: merges, but takes nothing back. */
  @AggregateFunction(
      name = "how_many",
      signature = "() -> INT",
      description = "How many rows there are.",
      category = "tests",
      examples = "how_many()")
  public static final class HowMany {
    private HowMany() {}

    /** The number. */
    public record Rows(long number) {}

    public static Rows create() {
      return new Rows(0);
    }

    public static Rows accumulate(Rows held) {
      return new Rows(held.number() + 1);
    }

    public static Rows merge(Rows one, Rows other) {
      return new Rows(one.number() + other.number());
    }

    public static int result(Rows held) {
      return Math.toIntExact(held.number());
    }
  }

  /** An overload of {@code total} for texts. */
  @AggregateFunction(
      name = "total",
      signature = "(STRING) -> BIGINT",
      description = "The number of characters.",
      category = "tests",
      examples = "total(t)")
  public static final class TextTotal {
    private TextTotal() {}

    public static Total.Sum create() {
      return Total.create();
    }

    public static Total.Sum accumulate(Total.Sum held, String text) {
      return Total.accumulate(held, text.length());
    }

    public static long result(Total.Sum held) {
      return Total.result(held);
    }
  }
}
