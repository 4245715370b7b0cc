package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.RowException;
import io.millrace.spi.types.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled expressions give the values, and fail for the rows, that a walk over the tree gives. */
class RandomExpressionTest {
  private static final int EXPRESSIONS = 12;
  private static final String FAILED = "failed";

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("millrace.test.seeds", 40));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldAgreeWithTreeEvaluator(long seed) {
    Random random = new Random(seed);
    RandomExpressions expressions = new RandomExpressions(random);
    for (int i = 0; i < EXPRESSIONS; i++) {
      List<RowExpression> columns = new ArrayList<>();
      for (int c = random.nextInt(3); c >= 0; c--) {
        columns.add(expressions.of(expressions.type(), 1 + random.nextInt(5)));
      }
      RowExpression condition = expressions.of(DataType.BOOLEAN, 1 + random.nextInt(5));
      boolean hasNulls = random.nextBoolean();
      List<@Nullable Object[]> rows =
          IntStream.range(0, 70)
              .<@Nullable Object[]>mapToObj(r -> expressions.row(hasNulls))
              .toList();
      check(columns, condition, rows, random);
    }
  }

  private static void check(
      List<RowExpression> columns,
      RowExpression condition,
      List<@Nullable Object[]> rows,
      Random random) {
    Batch batch = Rows.batch(RandomExpressions.TYPES, rows);
    int[] selection = IntStream.range(0, rows.size()).filter(r -> random.nextBoolean()).toArray();
    try {
      assertThat(Rows.select(condition, batch)).isEqualTo(expectedSelection(condition, rows));
      assertThat(
              Rows.project(columns.get(0), batch, null).stream()
                  .map(RandomExpressionTest::shown)
                  .toList())
          .isEqualTo(all(rows.size()).mapToObj(r -> evaluated(columns.get(0), rows, r)).toList());
      List<List<Rows.Outcome>> several = Rows.project(columns, batch, selection);
      for (int c = 0; c < columns.size(); c++) {
        assertThat(several.get(c).stream().map(RandomExpressionTest::shown).toList())
            .isEqualTo(expectedColumn(columns, c, rows, selection));
      }
    } catch (AssertionError | RuntimeException e) {
      List<RowExpression> all = new ArrayList<>(columns);
      all.add(condition);
      throw new AssertionError("differs: " + smallestThatDiffers(all, batch, rows), e);
    }
  }

  /** The smallest part that gives another result by itself, else the whole. */
  private static String smallestThatDiffers(
      List<RowExpression> expressions, Batch batch, List<@Nullable Object[]> rows) {
    List<RowExpression> parts = new ArrayList<>();
    Deque<RowExpression> open = new ArrayDeque<>(expressions);
    while (!open.isEmpty()) {
      RowExpression part = open.pop();
      parts.add(part);
      part.operands().stream()
          .filter(operand -> !(operand instanceof LambdaExpression))
          .forEach(open::push);
    }
    return parts.stream()
        .filter(part -> differs(part, batch, rows))
        .map(Object::toString)
        .min(Comparator.comparingInt(String::length))
        .orElse(expressions.toString());
  }

  private static boolean differs(RowExpression part, Batch batch, List<@Nullable Object[]> rows) {
    try {
      return !Rows.project(part, batch, null).stream()
          .map(RandomExpressionTest::shown)
          .toList()
          .equals(all(rows.size()).mapToObj(r -> evaluated(part, rows, r)).toList());
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static IntStream all(int size) {
    return IntStream.range(0, size);
  }

  private static List<Integer> expectedSelection(
      RowExpression condition, List<@Nullable Object[]> rows) {
    List<Integer> result = new ArrayList<>();
    all(rows.size())
        .filter(r -> Boolean.TRUE.equals(evaluated(condition, rows, r)))
        .forEach(result::add);
    all(rows.size())
        .filter(r -> FAILED.equals(evaluated(condition, rows, r)))
        .forEach(r -> result.add(-1 - r));
    return result;
  }

  /** A row that fails in one column is a failed row in all. */
  private static List<@Nullable Object> expectedColumn(
      List<RowExpression> columns, int column, List<@Nullable Object[]> rows, int[] selection) {
    List<@Nullable Object> result = new ArrayList<>();
    for (int r : selection) {
      boolean fails = columns.stream().anyMatch(c -> FAILED.equals(evaluated(c, rows, r)));
      result.add(fails ? FAILED : evaluated(columns.get(column), rows, r));
    }
    return result;
  }

  private static @Nullable Object shown(Rows.Outcome outcome) {
    return outcome.error() != null ? FAILED : outcome.value();
  }

  private static @Nullable Object evaluated(
      RowExpression expression, List<@Nullable Object[]> rows, int row) {
    try {
      return new TreeEvaluator(rows.get(row), 1000L + row).value(expression);
    } catch (RowException | ArithmeticException e) {
      return FAILED;
    }
  }
}
