package io.millrace.compiler.aggregate;

import static io.millrace.compiler.aggregate.Groups.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random rows come and go; after each step the aggregates must be those of the rows that are there.
 */
class AggregatePropertyTest {
  private static final int STEPS = 400;

  record Case(DataType type, DataType sum, DataType avg, Updates updates, long seed) {
    boolean hasSum() {
      return sum != DataType.NULL;
    }
  }

  static Stream<Case> cases() {
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(seed -> Arrays.stream(Updates.values()).flatMap(updates -> cases(updates, seed)));
  }

  private static Stream<Case> cases(Updates updates, long seed) {
    DataType decimal = DataType.decimal(10, 2);
    return Stream.of(
        new Case(DataType.INT, DataType.BIGINT, DataType.DOUBLE, updates, seed),
        new Case(DataType.BIGINT, DataType.BIGINT, DataType.DOUBLE, updates, seed),
        new Case(DataType.INTERVAL, DataType.INTERVAL, DataType.INTERVAL, updates, seed),
        new Case(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, updates, seed),
        new Case(decimal, DataType.decimal(38, 2), DataType.decimal(38, 6), updates, seed),
        new Case(DataType.STRING, DataType.NULL, DataType.NULL, updates, seed),
        new Case(DataType.TIMESTAMP, DataType.NULL, DataType.NULL, updates, seed));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAgreeWithRecomputation(Case c) {
    Random random = new Random(c.seed());
    Groups groups =
        new Groups(
            AggregateCompiler.compile(calls(c), c.updates()), List.of(c.type(), DataType.BIGINT));
    List<LinkedList<@Nullable Object[]>> rows = List.of(new LinkedList<>(), new LinkedList<>());
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      if (c.updates().isMerging() && random.nextInt(30) == 0) {
        groups.merge(1 - key, key);
        rows.get(key).addAll(rows.get(1 - key));
        rows.get(1 - key).clear();
      }
      if (c.updates().isRetractable()
          && !rows.get(key).isEmpty()
          && random.nextInt(10) < 4 + step % 200 / 50) {
        groups.remove(taken(c.updates(), rows.get(key), random));
      } else {
        Object[] row = {random.nextInt(6) == 0 ? null : value(c.type(), random), (long) key};
        assertThat(groups.add(row)).isNull();
        rows.get(key).addLast(row);
      }
      if (random.nextInt(50) == 0) {
        groups.restart();
      }
      check(c, groups.results(key), rows.get(key).stream().map(row -> row[0]).toList());
    }
  }

  /** Takes off a row whose turn it is. */
  static @Nullable Object[] taken(
      Updates updates, LinkedList<@Nullable Object[]> rows, Random random) {
    return rows.remove(updates == Updates.RETRACT_ANY ? random.nextInt(rows.size()) : 0);
  }

  private static List<AggregateCall> calls(Case c) {
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(call(AggregateFunction.COUNT, -1, c.type(), DataType.BIGINT));
    calls.add(call(AggregateFunction.COUNT, 0, c.type(), DataType.BIGINT));
    calls.add(call(AggregateFunction.MIN, 0, c.type(), c.type()));
    calls.add(call(AggregateFunction.MAX, 0, c.type(), c.type()));
    if (c.hasSum()) {
      calls.add(call(AggregateFunction.SUM, 0, c.type(), c.sum()));
      calls.add(call(AggregateFunction.AVG, 0, c.type(), c.avg()));
    }
    return calls;
  }

  private static Object value(DataType type, Random random) {
    if (type == DataType.DOUBLE) {
      return random.nextInt(20) == 0
          ? special(random)
          : (Double) (random.nextInt(2000) / 8.0 - 100);
    }
    if (type == DataType.STRING) {
      return Integer.toString(random.nextInt(30), 36);
    }
    return type instanceof DataType.Decimal decimal
        ? BigDecimal.valueOf(random.nextInt(200_000) - 100_000, decimal.scale())
        : (Long) (long) (random.nextInt(2000) - 1000);
  }

  private static Double special(Random random) {
    double[] specials = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0};
    return specials[random.nextInt(specials.length)];
  }

  private static void check(Case c, List<@Nullable Object> results, List<@Nullable Object> values) {
    List<Object> present =
        values.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    assertThat(results.get(0)).isEqualTo((long) values.size());
    assertThat(results.get(1)).isEqualTo((long) present.size());
    assertThat(results.get(2)).isEqualTo(present.stream().min(Comparisons::compare).orElse(null));
    assertThat(results.get(3)).isEqualTo(present.stream().max(Comparisons::compare).orElse(null));
    if (!c.hasSum()) {
      return;
    }
    if (present.isEmpty()) {
      assertThat(results.subList(4, 6)).containsExactly(null, null);
    } else if (c.type() == DataType.DOUBLE) {
      double sum = present.stream().mapToDouble(value -> (Double) value).reduce(0, Double::sum);
      assertThat((Double) results.get(4)).isCloseTo(sum, within(1e-9));
      assertThat((Double) results.get(5)).isCloseTo(sum / present.size(), within(1e-9));
    } else {
      checkExact(c, results, present);
    }
  }

  private static void checkExact(Case c, List<@Nullable Object> results, List<Object> present) {
    BigDecimal sum =
        present.stream()
            .map(value -> new BigDecimal(value.toString()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(new BigDecimal(String.valueOf(results.get(4)))).isEqualByComparingTo(sum);
    BigDecimal count = BigDecimal.valueOf(present.size());
    if (c.avg() == DataType.DOUBLE) {
      assertThat((Double) results.get(5)).isEqualTo(sum.doubleValue() / present.size());
    } else {
      int scale = c.avg() instanceof DataType.Decimal decimal ? decimal.scale() : 0;
      assertThat(new BigDecimal(String.valueOf(results.get(5))))
          .isEqualByComparingTo(sum.divide(count, scale, RoundingMode.HALF_UP));
    }
  }
}
