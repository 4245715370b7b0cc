package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Variance and its family of random rows that come and go are those of exact arithmetic. */
class MomentPropertyTest {
  private static final int STEPS = 300;
  private static final MathContext EXACT = new MathContext(60);
  private static final DataType DECIMAL = DataType.decimal(12, 3);
  private static final List<DataType> TYPES =
      List.of(DataType.DOUBLE, DECIMAL, DataType.BIGINT, DataType.BIGINT);

  private static AggregateCall call(AggregateFunction function, int... columns) {
    List<RowExpression> arguments =
        Arrays.stream(columns)
            .<RowExpression>mapToObj(c -> new ColumnReference(c, TYPES.get(c), "x" + c))
            .toList();
    return new AggregateCall("a", function, arguments, false, false, null, DataType.DOUBLE);
  }

  private static final List<AggregateCall> CALLS =
      List.of(
          call(AggregateFunction.VAR_POP, 0),
          call(AggregateFunction.VAR_SAMP, 1),
          call(AggregateFunction.STDDEV_POP, 1),
          call(AggregateFunction.STDDEV_SAMP, 0),
          call(AggregateFunction.COVAR_POP, 0, 1),
          call(AggregateFunction.COVAR_SAMP, 1, 2),
          call(AggregateFunction.CORR, 0, 2));

  @ParameterizedTest
  @EnumSource(Updates.class)
  void shouldBeThatOfExactArithmetic(Updates updates) {
    Random random = new Random(updates.ordinal());
    Groups groups = new Groups(AggregateCompiler.compile(CALLS, updates), TYPES);
    List<LinkedList<@Nullable Object[]>> rows = List.of(new LinkedList<>(), new LinkedList<>());
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      boolean mayMerge = updates.isMerging() && !rows.get(1 - key).isEmpty();
      if (mayMerge && random.nextInt(30) == 0) {
        groups.merge(1 - key, key);
        rows.get(key).addAll(rows.get(1 - key));
        rows.get(1 - key).clear();
      }
      if (updates.isRetractable() && !rows.get(key).isEmpty() && random.nextInt(10) < 4) {
        groups.remove(AggregatePropertyTest.taken(updates, rows.get(key), random));
      } else {
        Object[] row = row(random, key);
        assertThat(groups.add(row)).isNull();
        rows.get(key).addLast(row);
      }
      if (random.nextInt(40) == 0) {
        groups.restart();
      }
      check(groups.results(key), rows.get(key).stream().toList());
    }
  }

  private static @Nullable Object[] row(Random random, int key) {
    double wide = Math.scalb(random.nextDouble() - 0.5, random.nextInt(400) - 200);
    double usual = random.nextInt(2000) / 10.0;
    Double x = random.nextInt(4) == 0 ? wide : usual;
    BigDecimal y = BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 3);
    Long z = random.nextInt(20) == 0 ? Long.MAX_VALUE : (Long) (long) random.nextInt(50);
    return new Object[] {
      random.nextInt(6) == 0 ? null : x,
      random.nextInt(6) == 0 ? null : y,
      random.nextInt(6) == 0 ? null : z,
      (long) key
    };
  }

  private static void check(List<@Nullable Object> results, List<@Nullable Object[]> rows) {
    assertThat(results.get(0)).isEqualTo(covariance(rows, 0, 0, 0));
    assertThat(results.get(1)).isEqualTo(covariance(rows, 1, 1, 1));
    checkRoot(results.get(2), covariance(rows, 1, 1, 0));
    checkRoot(results.get(3), covariance(rows, 0, 0, 1));
    assertThat(results.get(4)).isEqualTo(covariance(rows, 0, 1, 0));
    assertThat(results.get(5)).isEqualTo(covariance(rows, 1, 2, 1));
    checkCorrelation(results.get(6), rows);
  }

  private static void checkRoot(@Nullable Object root, @Nullable Double square) {
    if (square == null) {
      assertThat(root).isNull();
    } else {
      double expected = Math.sqrt(square);
      assertThat((Double) root).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }
  }

  private static void checkCorrelation(@Nullable Object result, List<@Nullable Object[]> rows) {
    List<@Nullable Object[]> pairs = present(rows, 0, 2);
    BigDecimal each =
        pairs.isEmpty() ? BigDecimal.ZERO : numerator(pairs, 0, 0).multiply(numerator(pairs, 2, 2));
    if (each.signum() == 0) {
      assertThat(result).isNull();
    } else {
      BigDecimal expected = numerator(pairs, 0, 2).divide(each.sqrt(EXACT), EXACT);
      assertThat((Double) result).isCloseTo(expected.doubleValue(), within(1e-15));
      assertThat((Double) result).isBetween(-1.0, 1.0);
    }
  }

  private static List<@Nullable Object[]> present(List<@Nullable Object[]> rows, int x, int y) {
    return rows.stream().filter(row -> row[x] != null && row[y] != null).toList();
  }

  private static @Nullable Double covariance(
      List<@Nullable Object[]> rows, int x, int y, int lost) {
    List<@Nullable Object[]> pairs = present(rows, x, y);
    if (pairs.size() <= lost) {
      return null;
    }
    BigDecimal count = BigDecimal.valueOf((long) pairs.size() * (pairs.size() - lost));
    return numerator(pairs, x, y).divide(count, EXACT).doubleValue();
  }

  private static BigDecimal numerator(List<@Nullable Object[]> pairs, int x, int y) {
    return BigDecimal.valueOf(pairs.size())
        .multiply(sum(pairs, row -> number(row, x).multiply(number(row, y))))
        .subtract(sum(pairs, row -> number(row, x)).multiply(sum(pairs, row -> number(row, y))));
  }

  private static BigDecimal sum(
      List<@Nullable Object[]> rows, Function<@Nullable Object[], BigDecimal> value) {
    return rows.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal number(@Nullable Object[] row, int column) {
    Object value = Objects.requireNonNull(row[column]);
    return value instanceof Double number
        ? new BigDecimal(number)
        : new BigDecimal(value.toString());
  }
}
