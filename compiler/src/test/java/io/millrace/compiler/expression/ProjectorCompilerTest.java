package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectorCompilerTest {
  private static final DataType MONEY = DataType.decimal(10, 2);
  private static final RowExpression N = new ColumnReference(0, DataType.BIGINT, "n");
  private static final RowExpression X = new ColumnReference(1, DataType.DOUBLE, "x");
  private static final RowExpression SMALL = new ColumnReference(2, DataType.INT, "small");
  private static final RowExpression PRICE = new ColumnReference(3, MONEY, "price");
  private static final List<DataType> TYPES =
      List.of(DataType.BIGINT, DataType.DOUBLE, DataType.INT, MONEY);
  private static final Batch BATCH =
      Rows.batch(
          TYPES,
          List.of(
              new Object[] {2L, 0.5, 3L, new BigDecimal("1.25")},
              new Object[] {null, null, null, null},
              new Object[] {
                Long.MAX_VALUE, 4.0, (long) Integer.MAX_VALUE, new BigDecimal("99999999.99")
              }));

  private static RowExpression times(RowExpression left, RowExpression right, DataType type) {
    return new Arithmetic(ArithmeticOperator.MULTIPLY, left, right, type);
  }

  private static List<String> shown(RowExpression expression, int... selection) {
    return Rows.project(expression, BATCH, selection.length == 0 ? null : selection).stream()
        .map(outcome -> String.valueOf(outcome.error() == null ? outcome.value() : outcome.error()))
        .toList();
  }

  @Test
  void shouldWriteSelectedRowsOneBehindTheOther() {
    assertThat(shown(times(X, X, DataType.DOUBLE))).containsExactly("0.25", "null", "16.0");
    assertThat(shown(times(X, X, DataType.DOUBLE), 2, 0)).containsExactly("16.0", "0.25");
    assertThat(shown(new RowtimeReference(), 1, 2)).containsExactly("1001", "1002");
    assertThat(shown(new RowKindReference(), 1, 2)).containsExactly("+I", "+I");
  }

  @Test
  void shouldNameExpressionThatOverflows() {
    assertThat(shown(times(N, new Constant(2L, DataType.BIGINT), DataType.BIGINT)))
        .containsExactly("4", "null", "integer overflow in n * 2");
    assertThat(shown(times(SMALL, SMALL, DataType.INT)))
        .containsExactly("9", "null", "integer overflow in small * small");
    assertThat(shown(times(PRICE, PRICE, DataType.decimal(12, 4))))
        .containsExactly(
            "1.5625",
            "null",
            "decimal overflow in price * price: the result does not fit DECIMAL(12,4)");
  }

  @Test
  void shouldCastBetweenTypes() {
    assertThat(shown(new Cast(PRICE, DataType.STRING, false, false)))
        .containsExactly("1.25", "null", "99999999.99");
    assertThat(shown(new Cast(N, DataType.INT, true, false))).containsExactly("2", "null", "null");
    assertThat(shown(new Cast(N, DataType.INT, false, false)))
        .containsExactly("2", "null", "cannot cast 9223372036854775807 to INT: out of range");
    assertThat(shown(new Cast(SMALL, DataType.decimal(12, 2), false, true)))
        .containsExactly("3.00", "null", "2147483647.00");
    assertThat(shown(new Cast(SMALL, DataType.decimal(4, 2), false, true)))
        .containsExactly("3.00", "null", "cannot cast 2147483647 to DECIMAL(4,2): out of range");
  }

  @Test
  void shouldEvaluateSharedPartOnceInOneLoop() {
    RowExpression square = times(X, X, DataType.DOUBLE);
    RowExpression one = new Arithmetic(ArithmeticOperator.ADD, square, X, DataType.DOUBLE);
    RowExpression other = new Arithmetic(ArithmeticOperator.SUBTRACT, square, X, DataType.DOUBLE);

    KernelSource<?> source = ProjectorCompiler.compile(List.of(one, N, other));

    assertThat(source.body())
        .contains("double t0 = (v1[i] * v1[i]);")
        .contains("o0[j] = (t0 + v1[i]);");
    assertThat(source.body()).contains("o2[j] = (t0 - v1[i]);").doesNotContain("project2(");
  }

  @Test
  void shouldCheckForNullOnlyWhereBatchHasNulls() {
    String body = ProjectorCompiler.compile(List.of(times(X, X, DataType.DOUBLE))).body();

    assertThat(
            body.substring(
                body.indexOf("void project0Dense"), body.indexOf("void project0Nullable")))
        .doesNotContain("setNull")
        .doesNotContain("n1");
  }
}
