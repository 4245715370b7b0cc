package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.ColumnReference;
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
        .filter(updates -> updates != Updates.RETRACT_ANY)
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
        Entry first = ordered(own, c.updates()).get(0);
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
    List<AggregateCall> calls = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      RowExpression filter = filtered ? new ColumnReference(2, DataType.BOOLEAN, "f") : null;
      for (boolean ignoresNulls : new boolean[] {false, true}) {
        for (AggregateFunction function :
            List.of(AggregateFunction.FIRST, AggregateFunction.LAST)) {
          calls.add(new AggregateCall("a", function, x, false, ignoresNulls, filter, c.value()));
        }
      }
      for (AggregateFunction function :
          List.of(AggregateFunction.MIN_BY, AggregateFunction.MAX_BY)) {
        calls.add(new AggregateCall("a", function, xy, false, false, filter, c.value()));
      }
    }
    return calls;
  }

  private static List<@Nullable Object> expected(List<Entry> all) {
    List<@Nullable Object> expected = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      List<Entry> rows = all.stream().filter(row -> !filtered || row.f()).toList();
      List<Entry> present = rows.stream().filter(row -> row.x() != null).toList();
      List<Entry> pairs = present.stream().filter(row -> row.y() != null).toList();
      expected.add(rows.isEmpty() ? null : rows.get(0).x());
      expected.add(rows.isEmpty() ? null : rows.get(rows.size() - 1).x());
      expected.add(present.isEmpty() ? null : present.get(0).x());
      expected.add(present.isEmpty() ? null : present.get(present.size() - 1).x());
      expected.add(best(pairs, Function.identity()));
      expected.add(best(pairs, Comparator::reversed));
    }
    return expected;
  }

  private static @Nullable Object best(
      List<Entry> rows, Function<Comparator<Object>, Comparator<Object>> order) {
    Comparator<Object> comparator = order.apply(Comparisons::compare);
    Entry best = null;
    for (Entry row : rows) {
      if (best == null || comparator.compare(row.y(), best.y()) < 0) {
        best = row;
      }
    }
    return best == null ? null : best.x();
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
