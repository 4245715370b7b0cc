package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
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
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Percentiles, greatest values and estimates, as random rows come and go; after each step they must
 * be those of the rows that are there, since there are few of them.
 */
class RankedAggregatePropertyTest {
  private static final int STEPS = 400;
  private static final BigDecimal FRACTION = new BigDecimal("0.3");
  private static final long COUNT = 3;

  record Case(DataType type, Updates updates) {
    /** The scale of percentiles; -1 if they are doubles. */
    int scale() {
      return type instanceof DataType.Decimal ? 6 : -1;
    }
  }

  static Stream<Case> cases() {
    return Arrays.stream(Updates.values())
        .flatMap(
            updates ->
                Stream.of(DataType.BIGINT, DataType.DOUBLE, DataType.decimal(10, 2))
                    .map(type -> new Case(type, updates)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAgreeWithRecomputation(Case c) {
    Random random = new Random(c.hashCode());
    List<DataType> types = new ArrayList<>(List.of(c.type(), DataType.BOOLEAN, DataType.BIGINT));
    Groups groups = new Groups(AggregateCompiler.compile(calls(c), c.updates()), types);
    List<LinkedList<@Nullable Object[]>> rows = List.of(new LinkedList<>(), new LinkedList<>());
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      boolean isMerged = c.updates().isMerging() && random.nextInt(30) == 0;
      if (isMerged && !rows.get(1 - key).isEmpty()) {
        groups.merge(1 - key, key);
        rows.get(key).addAll(rows.get(1 - key));
        rows.get(1 - key).clear();
      }
      if (c.updates().isRetractable()
          && !rows.get(key).isEmpty()
          && random.nextInt(10) < 4 + step % 200 / 50) {
        groups.remove(AggregatePropertyTest.taken(c.updates(), rows.get(key), random));
      } else {
        Object value = random.nextInt(6) == 0 ? null : value(c.type(), random);
        @Nullable Object[] row = {value, random.nextBoolean(), (long) key};
        assertThat(groups.add(row)).isNull();
        rows.get(key).addLast(row);
      }
      if (random.nextInt(50) == 0) {
        groups.restart();
      }
      assertThat(groups.results(key))
          .as("%s, step %d", c, step)
          .isEqualTo(expected(c, rows.get(key)));
    }
  }

  private static List<AggregateCall> calls(Case c) {
    DataType exact = c.scale() < 0 ? DataType.DOUBLE : DataType.decimal(38, c.scale());
    List<Constant> fraction = List.of(new Constant(FRACTION, DataType.DOUBLE));
    List<Constant> count = List.of(new Constant(COUNT, DataType.INT));
    DataType list = DataType.array(c.type());
    List<AggregateCall> calls = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      calls.add(call(c, AggregateFunction.MEDIAN, List.of(), false, filtered, exact));
      calls.add(call(c, AggregateFunction.MEDIAN, List.of(), true, filtered, exact));
      calls.add(call(c, AggregateFunction.PERCENTILE, fraction, false, filtered, exact));
      calls.add(
          call(c, AggregateFunction.APPROX_PERCENTILE, fraction, false, filtered, DataType.DOUBLE));
      calls.add(call(c, AggregateFunction.TOP_K, count, false, filtered, list));
      calls.add(call(c, AggregateFunction.TOP_K_DISTINCT, count, false, filtered, list));
      calls.add(
          call(
              c,
              AggregateFunction.APPROX_COUNT_DISTINCT,
              List.of(),
              false,
              filtered,
              DataType.BIGINT));
    }
    return calls;
  }

  private static AggregateCall call(
      Case c,
      AggregateFunction function,
      List<Constant> settings,
      boolean distinct,
      boolean filtered,
      DataType result) {
    return new AggregateCall(
        "a",
        function,
        List.of(new ColumnReference(0, c.type(), "x")),
        settings,
        distinct,
        false,
        filtered ? new ColumnReference(1, DataType.BOOLEAN, "f") : null,
        result);
  }

  private static Object value(DataType type, Random random) {
    int number = random.nextInt(12) - 4;
    if (type == DataType.DOUBLE) {
      return number / 8.0;
    }
    return type instanceof DataType.Decimal decimal
        ? BigDecimal.valueOf(number * 25L, decimal.scale())
        : (Object) (long) number;
  }

  private static List<@Nullable Object> expected(Case c, List<@Nullable Object[]> rows) {
    List<@Nullable Object> expected = new ArrayList<>();
    for (boolean filtered : new boolean[] {false, true}) {
      List<Object> values = new ArrayList<>();
      for (@Nullable Object[] row : rows) {
        Object value = row[0];
        if (value != null && (!filtered || Boolean.TRUE.equals(row[1]))) {
          values.add(value);
        }
      }
      values.sort(Comparisons::compare);
      List<Object> distinct = values.stream().distinct().toList();
      BigDecimal half = new BigDecimal("0.5");
      expected.add(percentile(values, half, c.scale()));
      expected.add(percentile(distinct, half, c.scale()));
      expected.add(percentile(values, FRACTION, c.scale()));
      expected.add(percentile(values, FRACTION, -1));
      expected.add(greatest(values));
      expected.add(greatest(distinct));
      expected.add((long) distinct.size());
    }
    return expected;
  }

  private static @Nullable Object greatest(List<Object> rising) {
    List<Object> greatest = new ArrayList<>();
    for (int i = rising.size() - 1; i >= 0 && greatest.size() < COUNT; i--) {
      greatest.add(rising.get(i));
    }
    return greatest.isEmpty() ? null : greatest;
  }

  private static @Nullable Object percentile(List<Object> rising, BigDecimal fraction, int scale) {
    if (rising.isEmpty()) {
      return null;
    }
    BigDecimal rank = fraction.multiply(BigDecimal.valueOf(rising.size() - 1L));
    int below = rank.intValue();
    BigDecimal lower = new BigDecimal(rising.get(below).toString());
    BigDecimal upper =
        new BigDecimal(rising.get(Math.min(below + 1, rising.size() - 1)).toString());
    BigDecimal part = rank.subtract(BigDecimal.valueOf(below));
    BigDecimal percentile = lower.add(upper.subtract(lower).multiply(part));
    return scale < 0
        ? (Object) percentile.doubleValue()
        : percentile.setScale(scale, RoundingMode.HALF_UP);
  }
}
