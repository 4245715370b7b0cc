package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Aggregates for which the order of rows matters, as random rows come, in any order of time, and
 * go; after each step they must be those of the rows that are there.
 */
class OrderedAggregatePropertyTest {
  private static final int STEPS = 500;
  private static final int KEY = 3;
  private static final int COUNT = 3;

  record Case(DataType value, DataType by, Updates updates) {}

  /** What a row of a group holds. */
  private record Entry(@Nullable Object x, @Nullable Object y, boolean f, long time, long cause) {
    @Nullable Object[] with(long key, Updates updates) {
      return switch (updates) {
        case RETRACT -> new @Nullable Object[] {x, y, f, key};
        case RETRACT_BY_TIME -> new @Nullable Object[] {x, y, f, key, time};
        default -> new @Nullable Object[] {x, y, f, key, time, cause};
      };
    }
  }

  static Stream<Case> cases() {
    DataType decimal = DataType.decimal(10, 2);
    DataType array = DataType.array(DataType.INT);
    DataType struct = new DataType.StructOf(List.of(new Field("s", DataType.STRING)));
    return Arrays.stream(Updates.values())
        .flatMap(
            updates ->
                Stream.of(
                    new Case(DataType.BIGINT, DataType.DOUBLE, updates),
                    new Case(DataType.DOUBLE, DataType.STRING, updates),
                    new Case(DataType.BOOLEAN, decimal, updates),
                    new Case(decimal, DataType.BOOLEAN, updates),
                    new Case(DataType.STRING, DataType.BIGINT, updates),
                    new Case(array, struct, updates),
                    new Case(DataType.map(DataType.STRING, DataType.DOUBLE), array, updates)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAgreeWithRecomputationWhenRowsComeInAnyOrder(Case c) {
    Random random = new Random(c.hashCode());
    List<DataType> types =
        new ArrayList<>(List.of(c.value(), c.by(), DataType.BOOLEAN, DataType.BIGINT));
    for (int i = c.updates() == Updates.RETRACT_BY_TIME ? 1 : 0; i < 2; i++) {
      if (c.updates() != Updates.RETRACT) {
        types.add(DataType.BIGINT);
      }
    }
    Groups groups = new Groups(AggregateCompiler.compile(calls(c), c.updates()), types, KEY);
    List<List<Entry>> rows = List.of(new ArrayList<>(), new ArrayList<>());
    long gone = 0;
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      List<Entry> own = rows.get(key);
      if (c.updates().isMerging() && !rows.get(1 - key).isEmpty() && random.nextInt(30) == 0) {
        groups.merge(1 - key, key);
        own.addAll(rows.get(1 - key));
        rows.get(1 - key).clear();
      }
      if (c.updates().isRetractable()
          && !own.isEmpty()
          && random.nextInt(10) < 4 + step % 200 / 50) {
        int leaving = c.updates() == Updates.RETRACT_ANY ? random.nextInt(own.size()) : 0;
        Entry first = ordered(own, c.updates()).get(leaving);
        own.remove(first);
        gone = Math.max(gone, first.time());
        groups.remove(first.with(key, c.updates()));
      } else {
        Entry entry =
            new Entry(
                random.nextInt(5) == 0 ? null : value(c.value(), random),
                random.nextInt(5) == 0 ? null : value(c.by(), random),
                random.nextBoolean(),
                gone + 1 + random.nextInt(10),
                step);
        assertThat(groups.add(entry.with(key, c.updates()))).isNull();
        own.add(entry);
      }
      if (random.nextInt(30) == 0) {
        groups.restart();
      }
      assertThat(groups.results(key))
          .as("%s, step %d", c, step)
          .isEqualTo(expected(ordered(own, c.updates())));
    }
  }

  private static List<Entry> ordered(List<Entry> rows, Updates updates) {
    Comparator<Entry> byCause = Comparator.comparingLong(Entry::cause);
    return rows.stream()
        .sorted(
            updates == Updates.RETRACT
                ? byCause
                : Comparator.comparingLong(Entry::time).thenComparing(byCause))
        .toList();
  }

  private static List<AggregateCall> calls(Case c) {
    List<RowExpression> x = List.of(new ColumnReference(0, c.value(), "x"));
    List<RowExpression> xy = List.of(x.get(0), new ColumnReference(1, c.by(), "y"));
    DataType list = DataType.array(c.value());
    List<AggregateCall> calls = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      RowExpression filter = filtered ? new ColumnReference(2, DataType.BOOLEAN, "f") : null;
      for (boolean ignoresNulls : new boolean[] {false, true}) {
        for (AggregateFunction function :
            List.of(AggregateFunction.FIRST, AggregateFunction.LAST)) {
          calls.add(new AggregateCall("a", function, x, false, ignoresNulls, filter, c.value()));
        }
        calls.add(counted(AggregateFunction.NTH, x, ignoresNulls, filter, c.value()));
        calls.add(counted(AggregateFunction.FIRST_N, x, ignoresNulls, filter, list));
        calls.add(counted(AggregateFunction.LAST_N, x, ignoresNulls, filter, list));
        for (boolean distinct : new boolean[] {false, true}) {
          calls.add(
              new AggregateCall(
                  "a", AggregateFunction.COLLECT_LIST, x, distinct, ignoresNulls, filter, list));
        }
      }
      DataType counts = DataType.map(c.value(), DataType.BIGINT);
      calls.add(
          new AggregateCall("a", AggregateFunction.HISTOGRAM, x, false, false, filter, counts));
      calls.add(new AggregateCall("a", AggregateFunction.MODE, x, false, false, filter, c.value()));
      for (AggregateFunction function :
          List.of(AggregateFunction.MIN_BY, AggregateFunction.MAX_BY)) {
        calls.add(new AggregateCall("a", function, xy, false, false, filter, c.value()));
      }
      calls.add(counted(AggregateFunction.MIN_BY_N, xy, false, filter, list));
      calls.add(counted(AggregateFunction.MAX_BY_N, xy, false, filter, list));
    }
    return calls;
  }

  private static AggregateCall counted(
      AggregateFunction function,
      List<RowExpression> arguments,
      boolean ignoresNulls,
      @Nullable RowExpression filter,
      DataType type) {
    List<Constant> count = List.of(new Constant((long) COUNT, DataType.INT));
    return new AggregateCall("a", function, arguments, count, false, ignoresNulls, filter, type);
  }

  private static List<@Nullable Object> expected(List<Entry> all) {
    List<@Nullable Object> expected = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      List<Entry> rows = all.stream().filter(row -> !filtered || row.f()).toList();
      List<Entry> present = rows.stream().filter(row -> row.x() != null).toList();
      for (List<Entry> taken : List.of(rows, present)) {
        List<@Nullable Object> values = values(taken);
        int size = values.size();
        expected.add(size == 0 ? null : values.get(0));
        expected.add(size == 0 ? null : values.get(size - 1));
        expected.add(size < COUNT ? null : values.get(COUNT - 1));
        expected.add(orNull(values.subList(0, Math.min(COUNT, size))));
        expected.add(orNull(values.subList(Math.max(0, size - COUNT), size)));
        expected.add(orNull(values));
        expected.add(orNull(new ArrayList<>(counts(values).keySet())));
      }
      Map<@Nullable Object, Long> counts = counts(values(present));
      expected.add(counts.isEmpty() ? null : counts);
      expected.add(mode(values(present)));
      List<Entry> pairs = present.stream().filter(row -> row.y() != null).toList();
      List<@Nullable Object> rising = ranked(pairs, Function.identity());
      List<@Nullable Object> falling = ranked(pairs, Comparator::reversed);
      expected.add(rising.isEmpty() ? null : rising.get(0));
      expected.add(falling.isEmpty() ? null : falling.get(0));
      expected.add(orNull(rising.subList(0, Math.min(COUNT, rising.size()))));
      expected.add(orNull(falling.subList(0, Math.min(COUNT, falling.size()))));
    }
    return expected;
  }

  private static List<@Nullable Object> values(List<Entry> rows) {
    List<@Nullable Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.x()));
    return values;
  }

  private static @Nullable Object orNull(List<@Nullable Object> values) {
    return values.isEmpty() ? null : values;
  }

  private static Map<@Nullable Object, Long> counts(List<@Nullable Object> values) {
    Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  /** Of those that are there most often, the first to have been there so often. */
  private static @Nullable Object mode(List<@Nullable Object> values) {
    Map<@Nullable Object, Long> counts = counts(values);
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Map<@Nullable Object, Long> seen = new LinkedHashMap<>();
    for (Object value : values) {
      if (seen.merge(value, 1L, Long::sum) == most) {
        return value;
      }
    }
    return null;
  }

  private static List<@Nullable Object> ranked(
      List<Entry> rows, Function<Comparator<Object>, Comparator<Object>> order) {
    Comparator<Object> comparator = order.apply(Comparisons::compare);
    return values(rows.stream().sorted((a, b) -> comparator.compare(a.y(), b.y())).toList());
  }

  private static Object value(DataType type, Random random) {
    int number = random.nextInt(6);
    if (type == DataType.DOUBLE) {
      return number == 0 ? Double.NaN : (Double) (number / 4.0);
    }
    if (type == DataType.STRING) {
      return "s" + number;
    }
    if (type == DataType.BOOLEAN) {
      return number < 3;
    }
    if (type instanceof DataType.Decimal decimal) {
      return BigDecimal.valueOf(number, decimal.scale());
    }
    if (type instanceof DataType.Array) {
      return number == 0 ? List.of() : List.of((long) number, 1L);
    }
    if (type instanceof DataType.MapOf) {
      return Map.of("m", number / 2.0);
    }
    return type instanceof DataType.StructOf
        ? io.millrace.spi.data.Struct.of("f" + number)
        : (Object) (long) number;
  }
}
