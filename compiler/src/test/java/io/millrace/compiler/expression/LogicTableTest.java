package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three-valued logic, and what is not evaluated. Rows: all pairs of true, false, NULL, in this
 * order.
 */
class LogicTableTest {
  private static final RowExpression P = new ColumnReference(0, DataType.BOOLEAN, "p");
  private static final RowExpression Q = new ColumnReference(1, DataType.BOOLEAN, "q");
  private static final RowExpression A = new ColumnReference(2, DataType.BIGINT, "a");
  private static final @Nullable Boolean T = true;
  private static final @Nullable Boolean F = false;
  private static final @Nullable Boolean U = null;
  private static final String FAILED = "division by zero in 1 / a";

  /** Fails where {@code a} is 0, as it is in all rows. */
  private static final RowExpression FAILING =
      new Comparison(
          ComparisonOperator.EQUAL,
          new Arithmetic(ArithmeticOperator.DIVIDE, number(1L), A, DataType.BIGINT),
          number(1L));

  private static final Batch PAIRS = pairs();

  private static Constant number(@Nullable Long value) {
    return new Constant(value, DataType.BIGINT);
  }

  private static Batch pairs() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Boolean p : new Boolean[] {T, F, U}) {
      for (Boolean q : new Boolean[] {T, F, U}) {
        rows.add(new Object[] {p, q, 0L});
      }
    }
    return Rows.batch(List.of(DataType.BOOLEAN, DataType.BOOLEAN, DataType.BIGINT), rows);
  }

  /**
   * The values of an expression for the rows, or the messages of its failures; the predicate must
   * agree.
   */
  private static void assertTable(RowExpression expression, @Nullable Object... expected) {
    List<@Nullable Object> values = new ArrayList<>();
    List<Integer> selected = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    for (Rows.Outcome outcome : Rows.project(expression, PAIRS, null)) {
      if (outcome.error() != null) {
        failed.add(-1 - values.size());
      } else if (Boolean.TRUE.equals(outcome.value())) {
        selected.add(values.size());
      }
      values.add(outcome.error() != null ? outcome.error() : outcome.value());
    }
    assertThat(values).containsExactly(expected);
    selected.addAll(failed);
    assertThat(Rows.select(expression, PAIRS)).isEqualTo(selected);
  }

  @Test
  void shouldJoinWithAnd() {
    assertTable(Logical.and(P, Q), T, F, U, F, F, F, U, F, U);
  }

  @Test
  void shouldJoinWithOr() {
    assertTable(new Logical(false, List.of(P, Q)), T, T, T, T, F, U, T, U, U);
  }

  @Test
  void shouldNegate() {
    assertTable(new Not(Q), F, T, U, F, T, U, F, T, U);
    assertTable(new Not(Logical.and(P, Q)), F, T, U, T, T, T, U, T, U);
    assertTable(new Not(new Logical(false, List.of(P, Q))), F, F, F, F, T, U, F, U, U);
  }

  @Test
  void shouldTellNullFromValues() {
    assertTable(new IsNull(P), F, F, F, F, F, F, T, T, T);
    assertTable(new Comparison(ComparisonOperator.NOT_DISTINCT, P, Q), T, F, F, F, T, F, F, F, T);
    assertTable(new Comparison(ComparisonOperator.DISTINCT, P, Q), F, T, T, T, F, T, T, T, F);
    assertTable(new Comparison(ComparisonOperator.EQUAL, P, Q), T, F, U, F, T, U, U, U, U);
  }

  @Test
  void shouldLookUpAmongOptionsWithNull() {
    assertTable(new InList(P, List.of(Q)), T, F, U, F, T, U, U, U, U);
    assertTable(
        new InList(P, List.of(Constant.TRUE, Constant.nullOf(DataType.BOOLEAN))),
        T,
        T,
        T,
        U,
        U,
        U,
        U,
        U,
        U);
  }

  @Test
  void shouldNotEvaluateTermsBehindDecidingOne() {
    assertTable(Logical.and(P, FAILING), FAILED, FAILED, FAILED, F, F, F, FAILED, FAILED, FAILED);
    assertTable(
        new Logical(false, List.of(P, FAILING)),
        T,
        T,
        T,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED);
    assertTable(
        new Not(Logical.and(P, FAILING)), FAILED, FAILED, FAILED, T, T, T, FAILED, FAILED, FAILED);
    assertTable(
        new Not(new Logical(false, List.of(P, FAILING))),
        F,
        F,
        F,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED);
  }

  @Test
  void shouldEvaluateOnlyChosenBranch() {
    assertTable(
        new Case(List.of(new Case.When(P, Q)), FAILING),
        T,
        F,
        U,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED,
        FAILED);
    assertTable(
        new Case(
            List.of(new Case.When(new IsNull(P), FAILING), new Case.When(P, Constant.TRUE)),
            Constant.FALSE),
        T,
        T,
        T,
        F,
        F,
        F,
        FAILED,
        FAILED,
        FAILED);
    assertTable(new Coalesce(List.of(P, Q, FAILING)), T, T, T, F, F, F, T, F, FAILED);
  }

  @Test
  void shouldEvaluateCommonPartOncePerRowWithinItsGuard() {
    RowExpression inverse =
        new Arithmetic(ArithmeticOperator.DIVIDE, number(1L), A, DataType.BIGINT);
    RowExpression isSmall = new Comparison(ComparisonOperator.LESS, inverse, number(5L));
    RowExpression isLarge = new Comparison(ComparisonOperator.GREATER, inverse, number(-5L));
    RowExpression guarded = Logical.and(P, Logical.and(isSmall, isLarge));

    assertTable(
        new Coalesce(List.of(guarded, isSmall)),
        FAILED,
        FAILED,
        FAILED,
        F,
        F,
        F,
        FAILED,
        FAILED,
        FAILED);
    String[] aroundDivisions =
        Rows.text(PredicateCompiler.compile(Logical.and(isSmall, isLarge)))
            .split("IntegerMath.divide", -1);
    assertThat(aroundDivisions)
        .as("one in the loop without null checks, in the loop with them, and for one row")
        .hasSize(1 + 3);
  }
}
