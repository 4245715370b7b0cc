package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compiler.loader.MethodSizes;
import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Expressions of a size that only programs write. No method may grow beyond 6,000 bytes of
 * bytecode.
 */
class LargeExpressionTest {
  private static final int LARGEST_METHOD = 6000;
  private static final RowExpression A = new ColumnReference(0, DataType.BIGINT, "a");
  private static final RowExpression B = new ColumnReference(1, DataType.DOUBLE, "b");
  private static final RowExpression S = new ColumnReference(2, DataType.STRING, "s");
  private static final List<DataType> TYPES =
      List.of(DataType.BIGINT, DataType.DOUBLE, DataType.STRING);
  private static final Batch BATCH =
      Rows.batch(
          TYPES,
          List.of(
              new Object[] {4999L, 1.0, "s7"},
              new Object[] {5000L, 2.0, "x"},
              new Object[] {null, null, null},
              new Object[] {3L, 3.0, "s3"}));
  private static final Batch PRESENT =
      Rows.batch(TYPES, List.of(new Object[] {4999L, 1.0, "s7"}, new Object[] {5000L, 2.0, "x"}));

  private static Constant number(long value) {
    return new Constant(value, DataType.BIGINT);
  }

  private static RowExpression compare(
      ComparisonOperator operator, RowExpression left, RowExpression right) {
    return new Comparison(operator, left, right);
  }

  private static RowExpression plus(RowExpression left, RowExpression right) {
    return new Arithmetic(ArithmeticOperator.ADD, left, right, left.type());
  }

  private static void assertMethodsAreSmall(KernelSource<?> source) {
    assertThat(MethodSizes.of(source))
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThan(LARGEST_METHOD));
  }

  @Test
  void shouldSelectWithFiveThousandTermsJoinedByOr() {
    List<RowExpression> terms = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      RowExpression ofA = compare(ComparisonOperator.EQUAL, A, number(i));
      RowExpression ofB =
          compare(ComparisonOperator.LESS, B, new Constant(3.0 + i, DataType.DOUBLE));
      terms.add(Logical.and(ofA, ofB));
    }
    RowExpression condition = new Logical(false, terms);

    assertThat(Rows.select(condition, BATCH)).containsExactly(0, 3);
    assertThat(Rows.select(new Not(condition), BATCH)).containsExactly(1);
    assertMethodsAreSmall(PredicateCompiler.compile(condition));
  }

  @Test
  void shouldLookUpEqualitiesJoinedByOrInOneSet() {
    RowExpression condition = compare(ComparisonOperator.EQUAL, A, number(0));
    for (int i = 1; i < 5000; i++) {
      condition =
          new Logical(false, List.of(condition, compare(ComparisonOperator.EQUAL, A, number(i))));
    }

    assertThat(Rows.select(condition, BATCH)).containsExactly(0, 3);
    assertThat(PredicateCompiler.compile(condition).constants()).hasSize(1);
  }

  @Test
  void shouldSelectWithManyConditionsJoinedByAndAfterGuard() {
    List<RowExpression> terms = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      RowExpression quotient =
          new Arithmetic(ArithmeticOperator.DIVIDE, number(10_000), A, DataType.BIGINT);
      terms.add(compare(ComparisonOperator.GREATER, plus(quotient, number(i)), number(0)));
    }
    RowExpression condition = new Logical(true, terms);

    assertThat(Rows.select(condition, BATCH)).containsExactly(0, 1, 3);
    assertMethodsAreSmall(PredicateCompiler.compile(condition));
  }

  @Test
  void shouldEvaluateDeeplyNestedArithmetic() {
    RowExpression left = A;
    RowExpression right = B;
    for (int i = 0; i < 400; i++) {
      left = plus(left, number(1));
      right = plus(new Constant(1.0, DataType.DOUBLE), right);
    }
    List<RowExpression> both = List.of(left, right);

    assertThat(Rows.project(both, BATCH, null).get(0).get(3).value()).isEqualTo(403L);
    assertThat(Rows.project(both, PRESENT, null).get(1).get(1).value()).isEqualTo(402.0);
    assertThat(Rows.project(both, BATCH, null).get(1).get(2).value()).isNull();
    assertMethodsAreSmall(ProjectorCompiler.compile(both));
  }

  @Test
  void shouldEvaluateDeeplyNestedConditions() {
    RowExpression condition = compare(ComparisonOperator.GREATER, A, number(4999));
    for (int i = 0; i < 400; i++) {
      RowExpression other =
          compare(ComparisonOperator.EQUAL, B, new Constant((double) -i, DataType.DOUBLE));
      condition =
          i % 2 == 0
              ? new Logical(false, List.of(other, condition))
              : Logical.and(new Not(other), condition);
    }

    assertThat(Rows.select(condition, BATCH)).containsExactly(1);
    assertThat(Rows.project(condition, BATCH, null).get(2).value()).isNull();
    assertMethodsAreSmall(PredicateCompiler.compile(condition));
  }

  @Test
  void shouldChooseAmongThousandBranches() {
    List<Case.When> whens =
        IntStream.range(4000, 5000)
            .mapToObj(
                i -> new Case.When(compare(ComparisonOperator.EQUAL, A, number(i)), number(i * 2L)))
            .toList();
    RowExpression choice = new Case(whens, Constant.nullOf(DataType.BIGINT));

    assertThat(Rows.project(choice, BATCH, null))
        .extracting(Rows.Outcome::value)
        .containsExactly(9998L, null, null, null);
    assertMethodsAreSmall(ProjectorCompiler.compile(List.of(choice)));
  }

  @Test
  void shouldNestBranchesDeeply() {
    RowExpression choice = number(-1);
    for (int i = 0; i < 400; i++) {
      choice =
          new Case(
              List.of(new Case.When(compare(ComparisonOperator.EQUAL, A, number(i)), choice)),
              number(i));
    }

    assertThat(Rows.project(choice, BATCH, null).get(3).value()).isEqualTo(399L);
    assertMethodsAreSmall(ProjectorCompiler.compile(List.of(choice)));
  }

  @Test
  void shouldConcatenateAndCoalesceLongLists() {
    List<RowExpression> parts = new ArrayList<>();
    List<RowExpression> values = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      parts.add(i % 2 == 0 ? S : new Constant("-", DataType.STRING));
      RowExpression isOne = compare(ComparisonOperator.EQUAL, A, number(-i));
      values.add(new Case(List.of(new Case.When(isOne, S)), Constant.nullOf(DataType.STRING)));
    }
    values.add(new Constant("none", DataType.STRING));
    List<RowExpression> both = List.of(new Concatenation(parts), new Coalesce(values));

    assertThat(Rows.project(both, BATCH, null).get(0).get(1).value()).isEqualTo("x-".repeat(250));
    assertThat(Rows.project(both, BATCH, null).get(1).get(0).value()).isEqualTo("none");
    assertMethodsAreSmall(ProjectorCompiler.compile(both));
  }

  @Test
  void shouldMakeLongArrays() {
    List<RowExpression> values =
        IntStream.range(0, 1500)
            .<RowExpression>mapToObj(i -> i % 3 == 0 ? A : plus(A, number(i)))
            .toList();
    RowExpression array = new ArrayConstructor(values, DataType.array(DataType.BIGINT));

    List<?> made = (List<?>) Rows.project(array, BATCH, null).get(3).value();

    assertThat(made).hasSize(1500);
    assertThat(made.get(1499)).isEqualTo(1502L);
    assertMethodsAreSmall(ProjectorCompiler.compile(List.of(array)));
  }

  @Test
  void shouldCompareWithLongListsOfComputedOptions() {
    List<RowExpression> options = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      options.add(plus(A, number(i - 599)));
    }
    RowExpression list = new InList(number(3), options);

    assertThat(Rows.select(list, BATCH)).containsExactly(3);
    assertMethodsAreSmall(PredicateCompiler.compile(list));
  }

  @Test
  void shouldProjectThousandColumns() {
    List<RowExpression> columns =
        IntStream.range(0, 1000).mapToObj(i -> plus(A, number(i))).toList();

    assertThat(Rows.project(columns, BATCH, new int[] {3}).get(999).get(0).value())
        .isEqualTo(1002L);
    assertMethodsAreSmall(ProjectorCompiler.compile(columns));
  }
}
