package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredicateCompilerTest {
  private static final RowExpression PRICE = new ColumnReference(0, DataType.DOUBLE, "price");
  private static final RowExpression VOLUME = new ColumnReference(1, DataType.BIGINT, "volume");
  private static final List<DataType> TYPES = List.of(DataType.DOUBLE, DataType.BIGINT);

  private static Constant number(long value) {
    return new Constant(value, DataType.BIGINT);
  }

  private static RowExpression priceAbove(double limit) {
    return new Comparison(ComparisonOperator.GREATER, PRICE, new Constant(limit, DataType.DOUBLE));
  }

  private static RowExpression evenVolume() {
    RowExpression remainder =
        new Arithmetic(ArithmeticOperator.REMAINDER, VOLUME, number(2), DataType.BIGINT);
    return new Comparison(ComparisonOperator.EQUAL, remainder, number(0));
  }

  private static final Batch BATCH =
      Rows.batch(
          TYPES,
          List.of(
              new Object[] {101.0, 2L},
              new Object[] {99.0, 2L},
              new Object[] {Double.NaN, 4L},
              new Object[] {101.0, 3L}));

  @Test
  void shouldSelectRowsWithoutBranchesWhenNothingCanFail() {
    RowExpression condition = Logical.and(priceAbove(100), evenVolume());

    assertThat(Rows.select(condition, BATCH)).containsExactly(0, 2);
    assertThat(Rows.text(PredicateCompiler.compile(condition)))
        .contains("k += (!(v0[i] <= c0) & ((v1[i] % 2L) == c1)) ? 1 : 0;");
  }

  @Test
  void shouldSkipRowsWhoseConditionIsNull() {
    Batch batch =
        Rows.batch(
            TYPES,
            List.of(new Object[] {null, 2L}, new Object[] {101.0, null}, new Object[] {101.0, 2L}));

    assertThat(Rows.select(Logical.and(priceAbove(100), evenVolume()), batch)).containsExactly(2);
  }

  @Test
  void shouldReportFailingRowsAndGoOn() {
    RowExpression quotient =
        new Arithmetic(ArithmeticOperator.DIVIDE, number(10), VOLUME, DataType.BIGINT);
    RowExpression condition = new Comparison(ComparisonOperator.GREATER, quotient, number(4));
    Batch batch =
        Rows.batch(
            TYPES,
            List.of(
                new Object[] {1.0, 0L},
                new Object[] {1.0, 2L},
                new Object[] {1.0, 0L},
                new Object[] {1.0, 5L}));

    assertThat(Rows.select(condition, batch)).containsExactly(1, -1, -3);
    assertThat(Rows.project(quotient, batch, null).get(0).error())
        .isEqualTo("division by zero in 10 / volume");
  }

  @Test
  void shouldShareOneClassWhenOnlyConstantsDiffer() {
    KernelSource<?> low = PredicateCompiler.compile(priceAbove(1));
    KernelSource<?> high = PredicateCompiler.compile(priceAbove(1000));

    assertThat(Rows.load(low).getClass()).isSameAs(Rows.load(high).getClass());
  }
}
