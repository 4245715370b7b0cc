package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionCallTest {
  private static final DataType LONGS = DataType.array(DataType.BIGINT);
  private static final RowExpression N = new ColumnReference(0, DataType.BIGINT, "n");
  private static final RowExpression S = new ColumnReference(1, DataType.STRING, "s");
  private static final RowExpression ARRAY = new ColumnReference(2, LONGS, "xs");
  private static final Batch BATCH =
      Rows.batch(
          List.of(DataType.BIGINT, DataType.STRING, LONGS),
          List.of(
              new Object[] {4L, "ab", Arrays.asList(1L, null, 3L)},
              new Object[] {null, null, null},
              new Object[] {Long.MAX_VALUE, "x", List.of()}));

  private static List<@Nullable Object> values(RowExpression expression) {
    return Rows.project(expression, BATCH, null).stream()
        .<@Nullable Object>map(
            outcome -> outcome.error() == null ? outcome.value() : "error: " + outcome.error())
        .toList();
  }

  private static Constant text(String value) {
    return new Constant(value, DataType.STRING);
  }

  @Test
  void shouldGiveNullWithoutCallWhenRequiredArgumentIsNull() {
    assertThat(values(TestFunctions.call("shout", DataType.STRING, S)))
        .containsExactly("ab!", null, "x!");
    assertThat(values(TestFunctions.call("size", DataType.INT, S))).containsExactly(2L, null, 1L);
  }

  @Test
  void shouldPassNullWhenParameterTakesIt() {
    RowExpression call =
        TestFunctions.call("or_else", DataType.BIGINT, N, new Constant(0L, DataType.BIGINT));

    assertThat(values(call)).containsExactly(4L, 0L, Long.MAX_VALUE);
  }

  @Test
  void shouldTakeNullResults() {
    assertThat(values(TestFunctions.call("half", DataType.BIGINT, N)))
        .containsExactly(2L, null, null);
  }

  @Test
  void shouldReportRowForWhichFunctionFails() {
    assertThat(values(TestFunctions.call("next", DataType.BIGINT, N)))
        .containsExactly(5L, null, "error: long overflow in next(n)");
  }

  @Test
  void shouldCollectRepeatedArguments() {
    assertThat(values(TestFunctions.call("joined", DataType.STRING, text("-"), S, text("c"), S)))
        .containsExactly("ab-c-ab", "c", "x-c-x");
    assertThat(values(TestFunctions.call("joined", DataType.STRING, text("-"))))
        .containsExactly("", "", "");
    assertThat(
            values(
                TestFunctions.call("total", DataType.BIGINT, N, new Constant(1L, DataType.BIGINT))))
        .containsExactly(5L, null, "error: long overflow in total(n, 1)");
  }

  @Test
  void shouldPrepareConstantOnce() {
    FunctionCall call = TestFunctions.call("found", DataType.BOOLEAN, S, text("^[a-c]+$"));

    assertThat(values(call)).containsExactly(true, null, false);
    assertThat(PredicateCompiler.compile(call).constants())
        .hasAtLeastOneElementOfType(Pattern.class);
  }

  @Test
  void shouldPrepareForEachRowWhenArgumentVaries() {
    assertThat(values(TestFunctions.call("found", DataType.BOOLEAN, text("xa("), S)))
        .containsExactly(false, null, true);
  }

  @Test
  void shouldNameArgumentThatCannotBePrepared() {
    FunctionCall call = TestFunctions.call("found", DataType.BOOLEAN, S, text("a("));

    assertThatThrownBy(() -> PredicateCompiler.compile(call))
        .isInstanceOfSatisfying(
            PreparationException.class,
            e -> {
              assertThat(e.call()).isSameAs(call);
              assertThat(e.argument()).isEqualTo(1);
              assertThat(e.message()).isEqualTo("argument 2 of 'found': no pattern: a(");
            });
  }

  @Test
  void shouldPassTypesAndContext() {
    assertThat(values(TestFunctions.call("type_of", DataType.STRING, ARRAY)))
        .containsExactly("ARRAY<BIGINT>", null, "ARRAY<BIGINT>");
    assertThat(values(TestFunctions.call("zone", DataType.STRING))).containsOnly("Z");
  }

  @Test
  void shouldLetLambdasSeeRowAndOuterParameters() {
    LambdaParameter x = new LambdaParameter(1, "x", DataType.BIGINT);
    LambdaParameter sum = new LambdaParameter(2, "sum", DataType.BIGINT);
    LambdaParameter y = new LambdaParameter(3, "y", DataType.BIGINT);
    RowExpression added =
        TestFunctions.call(
            "total",
            DataType.BIGINT,
            TestFunctions.call("or_else", DataType.BIGINT, new LambdaReference(sum), N),
            TestFunctions.call("or_else", DataType.BIGINT, new LambdaReference(y), N),
            TestFunctions.call("or_else", DataType.BIGINT, new LambdaReference(x), N));
    RowExpression folded =
        TestFunctions.call(
            "folded",
            DataType.BIGINT,
            ARRAY,
            new Constant(0L, DataType.BIGINT),
            new LambdaExpression(List.of(sum, y), added));
    RowExpression mapped =
        TestFunctions.call("mapped", LONGS, ARRAY, new LambdaExpression(List.of(x), folded));

    // For each x (NULL counts as n = 4): the sum over y of y + x, so 8 + 3x.
    assertThat(values(mapped)).containsExactly(List.of(11L, 20L, 17L), null, List.of());
  }
}
