package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows come and go; of equal values each aggregate with DISTINCT must see one. */
class DistinctAggregatePropertyTest {
  private static final int STEPS = 400;

  record Case(DataType type, @Nullable DataType sum, @Nullable DataType avg, Updates updates) {}

  static Stream<Case> cases() {
    DataType decimal = DataType.decimal(10, 2);
    DataType struct = new DataType.StructOf(List.of(new Field("d", DataType.DOUBLE)));
    return Arrays.stream(Updates.values())
        .flatMap(
            updates ->
                Stream.of(
                    new Case(DataType.BIGINT, DataType.BIGINT, DataType.DOUBLE, updates),
                    new Case(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, updates),
                    new Case(decimal, DataType.decimal(38, 2), DataType.decimal(38, 6), updates),
                    new Case(DataType.BOOLEAN, null, null, updates),
                    new Case(DataType.STRING, null, null, updates),
                    new Case(DataType.array(decimal), null, null, updates),
                    new Case(struct, null, null, updates),
                    new Case(DataType.map(DataType.STRING, DataType.INT), null, null, updates)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldSeeEachValueOnce(Case c) {
    Random random = new Random(c.hashCode());
    Groups groups =
        new Groups(
            AggregateCompiler.compile(calls(c), c.updates()),
            List.of(c.type(), DataType.BOOLEAN, DataType.BIGINT));
    List<Deque<@Nullable Object[]>> rows = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      if (c.updates().isMerging() && !rows.get(1 - key).isEmpty() && random.nextInt(30) == 0) {
        groups.merge(1 - key, key);
        rows.get(key).addAll(rows.get(1 - key));
        rows.get(1 - key).clear();
      }
      if (c.updates().isRetractable()
          && !rows.get(key).isEmpty()
          && random.nextInt(10) < 4 + step % 200 / 50) {
        groups.remove(rows.get(key).removeFirst());
      } else {
        Object value = random.nextInt(6) == 0 ? null : value(c.type(), random);
        Object[] row = {value, random.nextBoolean(), (long) key};
        assertThat(groups.add(row)).isNull();
        rows.get(key).addLast(row);
      }
      if (random.nextInt(30) == 0) {
        groups.restart();
      }
      check(c, groups.results(key), rows.get(key), step);
    }
  }

  private static List<AggregateCall> calls(Case c) {
    List<AggregateCall> calls = new ArrayList<>();
    for (int filter : new int[] {-1, 1}) {
      calls.add(call(AggregateFunction.COUNT, c.type(), false, DataType.BIGINT, filter));
      calls.add(call(AggregateFunction.COUNT, c.type(), true, DataType.BIGINT, filter));
      if (c.sum() != null && c.avg() != null) {
        calls.add(call(AggregateFunction.SUM, c.type(), true, c.sum(), filter));
        calls.add(call(AggregateFunction.AVG, c.type(), true, c.avg(), filter));
        calls.add(call(AggregateFunction.VAR_POP, c.type(), true, DataType.DOUBLE, filter));
      }
    }
    return calls;
  }

  private static AggregateCall call(
      AggregateFunction function, DataType type, boolean distinct, DataType result, int filter) {
    List<RowExpression> argument = List.of(new ColumnReference(0, type, "x"));
    RowExpression condition =
        filter < 0 ? null : new ColumnReference(filter, DataType.BOOLEAN, "f");
    return new AggregateCall("a", function, argument, distinct, false, condition, result);
  }

  private static void check(
      Case c, List<@Nullable Object> results, Deque<@Nullable Object[]> rows, int step) {
    int width = c.sum() == null ? 2 : 5;
    for (boolean filtered : new boolean[] {false, true}) {
      List<Object> present = new ArrayList<>();
      for (@Nullable Object[] row : rows) {
        if (row[0] != null && (!filtered || Boolean.TRUE.equals(row[1]))) {
          present.add(row[0]);
        }
      }
      List<@Nullable Object> own =
          results.subList(filtered ? width : 0, filtered ? 2 * width : width);
      TreeSet<Object> distinct = new TreeSet<>(Comparisons::compare);
      distinct.addAll(present);
      assertThat(own.subList(0, 2))
          .as("%s, step %d", c, step)
          .isEqualTo(List.of((long) present.size(), (long) distinct.size()));
      if (width == 5) {
        checkSums(own.subList(2, 5), distinct);
      }
    }
  }

  private static void checkSums(List<@Nullable Object> results, TreeSet<Object> distinct) {
    if (distinct.isEmpty()) {
      assertThat(results).isEqualTo(Collections.nCopies(3, null));
      return;
    }
    if (distinct.stream().anyMatch(value -> value.equals(Double.NaN))) {
      assertThat(results).isEqualTo(Collections.nCopies(3, Double.NaN));
      return;
    }
    List<BigDecimal> numbers =
        distinct.stream().map(value -> new BigDecimal(value.toString())).toList();
    BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal mean = sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128);
    double variance =
        numbers.stream().mapToDouble(x -> x.subtract(mean).doubleValue()).map(d -> d * d).sum()
            / numbers.size();
    double[] expected = {sum.doubleValue(), mean.doubleValue(), variance};
    for (int i = 0; i < expected.length; i++) {
      assertThat(Double.parseDouble(String.valueOf(results.get(i))))
          .isCloseTo(expected[i], within(1e-6));
    }
  }

  private static Object value(DataType type, Random random) {
    int number = random.nextInt(6);
    if (type == DataType.DOUBLE) {
      return List.of(Double.NaN, -0.0, 0.0, 0.5, 1.5, 2.5).get(number);
    }
    if (type == DataType.STRING) {
      return "s" + number;
    }
    if (type == DataType.BOOLEAN) {
      return number < 3;
    }
    if (type instanceof DataType.Decimal) {
      return new BigDecimal(List.of("1.00", "1.25", "0.00", "2.50", "-2.50", "-3.00").get(number));
    }
    if (type instanceof DataType.Array array) {
      return number == 0 ? List.of() : List.of(value(array.element(), random));
    }
    if (type instanceof DataType.MapOf) {
      return number == 0 ? Map.of() : Map.of("m", (long) number);
    }
    return type instanceof DataType.StructOf
        ? Struct.of(value(DataType.DOUBLE, random))
        : (Object) (long) number;
  }
}
