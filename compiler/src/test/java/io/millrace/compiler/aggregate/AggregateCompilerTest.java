package io.millrace.compiler.aggregate;

import static io.millrace.compiler.aggregate.Groups.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compiler.loader.MethodSizes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateCompilerTest {
  private static final List<DataType> DOUBLES = List.of(DataType.DOUBLE, DataType.BIGINT);
  private static final List<DataType> LONGS = List.of(DataType.BIGINT, DataType.BIGINT);

  private static List<AggregateCall> all(DataType argument, DataType sum, DataType avg) {
    return List.of(
        call(AggregateFunction.COUNT, -1, argument, DataType.BIGINT),
        call(AggregateFunction.COUNT, 0, argument, DataType.BIGINT),
        call(AggregateFunction.SUM, 0, argument, sum),
        call(AggregateFunction.AVG, 0, argument, avg),
        call(AggregateFunction.MIN, 0, argument, argument),
        call(AggregateFunction.MAX, 0, argument, argument));
  }

  private static Updates updates(boolean retractable) {
    return retractable ? Updates.RETRACT : Updates.ADD;
  }

  private static Groups doubles(boolean retractable) {
    return new Groups(
        AggregateCompiler.compile(
            all(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE), updates(retractable)),
        DOUBLES);
  }

  private static Groups longs(boolean retractable) {
    return new Groups(
        AggregateCompiler.compile(
            all(DataType.BIGINT, DataType.BIGINT, DataType.DOUBLE), updates(retractable)),
        LONGS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSkipNullsWhenAggregating(boolean retractable) {
    Groups groups = doubles(retractable);
    groups.add(
        List.of(
            new Object[] {2.0, 1L},
            new Object[] {null, 1L},
            new Object[] {5.0, 1L},
            new Object[] {null, 2L}));

    assertThat(groups.results(1)).containsExactly(3L, 2L, 7.0, 3.5, 2.0, 5.0);
    assertThat(groups.results(2)).containsExactly(1L, 0L, null, null, null, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKeepNothingOfRowThatOverflows(boolean retractable) {
    Groups groups = longs(retractable);

    List<String> messages =
        groups.add(
            List.of(
                new Object[] {Long.MAX_VALUE, 1L}, new Object[] {1L, 1L}, new Object[] {-1L, 1L}));

    assertThat(messages).containsExactly(null, "integer overflow in sum(x0)", null);
    assertThat(groups.results(1).subList(0, 3)).containsExactly(2L, 2L, Long.MAX_VALUE - 1);
    assertThat(groups.results(1).subList(4, 6)).containsExactly(-1L, Long.MAX_VALUE);
  }

  @Test
  void shouldAverageBeyondRangeWhenNoSumIsAsked() {
    AggregateCall avg = call(AggregateFunction.AVG, 0, DataType.BIGINT, DataType.DOUBLE);
    Groups groups = new Groups(AggregateCompiler.compile(List.of(avg), Updates.ADD), LONGS);
    groups.add(List.of(new Object[] {Long.MAX_VALUE, 1L}, new Object[] {Long.MAX_VALUE, 1L}));

    assertThat(groups.results(1)).containsExactly(0x1p63);
  }

  @Test
  void shouldLeaveNoResidueWhenLargeValuesLeave() {
    Groups groups = doubles(true);
    double[] values = {1e16, 1.0, Double.POSITIVE_INFINITY, Double.NaN, 0.5};
    for (double value : values) {
      groups.add(value, 1L);
    }
    for (int i = 0; i < 4; i++) {
      groups.remove(values[i], 1L);
    }

    assertThat(groups.results(1)).containsExactly(1L, 1L, 0.5, 0.5, 0.5, 0.5);
  }

  @Test
  void shouldSumVeryGreatValuesThatLeaveAgain() {
    Groups groups = doubles(true);
    double[] values = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 3.0};
    for (double value : values) {
      groups.add(value, 1L);
    }
    assertThat(groups.results(1).get(2)).isEqualTo(Double.MAX_VALUE);
    groups.restart();
    for (int i = 0; i < 3; i++) {
      groups.remove(values[i], 1L);
    }

    assertThat(groups.results(1).get(2)).isEqualTo(3.0);
  }

  @Test
  void shouldOrderNanLastAndKeepInfinities() {
    Groups groups = doubles(false);
    groups.add(Double.NaN, 1L);
    groups.add(List.of(new Object[] {Double.NEGATIVE_INFINITY, 2L}, new Object[] {1.0, 2L}));
    groups.add(
        List.of(new Object[] {1.0, 3L}, new Object[] {Double.NaN, 3L}, new Object[] {2.0, 3L}));

    assertThat(groups.results(1))
        .containsExactly(1L, 1L, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(groups.results(2).subList(2, 6))
        .containsExactly(
            Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.0);
    assertThat(groups.results(3).subList(2, 6))
        .containsExactly(Double.NaN, Double.NaN, 1.0, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseDecimalsBeyondThirtyEightDigits(boolean retractable) {
    DataType type = DataType.decimal(38, 0);
    Groups groups =
        new Groups(
            AggregateCompiler.compile(
                all(type, type, DataType.decimal(38, 6)), updates(retractable)),
            List.of(type, DataType.BIGINT));
    BigDecimal greatest = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);
    groups.add(greatest, 1L);

    assertThat(groups.add(BigDecimal.ONE, 1L)).contains("decimal overflow in sum(x0)");
    assertThat(groups.results(1).get(2)).isEqualTo(greatest);
    assertThat(groups.results(1).get(0)).isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldCountTrueWhenSummingBooleans(boolean retractable) {
    List<AggregateCall> calls =
        List.of(
            call(AggregateFunction.SUM, 0, DataType.BOOLEAN, DataType.BIGINT),
            call(AggregateFunction.MIN, 0, DataType.BOOLEAN, DataType.BOOLEAN),
            call(AggregateFunction.MAX, 0, DataType.BOOLEAN, DataType.BOOLEAN));
    Groups groups =
        new Groups(
            AggregateCompiler.compile(calls, updates(retractable)),
            List.of(DataType.BOOLEAN, DataType.BIGINT));
    groups.add(
        List.of(
            new Object[] {true, 1L},
            new Object[] {null, 1L},
            new Object[] {true, 1L},
            new Object[] {false, 1L}));

    assertThat(groups.results(1)).containsExactly(2L, false, true);
  }

  @Test
  void shouldTakeOnlyFilteredRows() {
    List<AggregateCall> calls =
        List.of(
            call(AggregateFunction.COUNT, -1, DataType.BIGINT, DataType.BIGINT, 1),
            call(AggregateFunction.SUM, 0, DataType.BIGINT, DataType.BIGINT, 1),
            call(AggregateFunction.SUM, 0, DataType.BIGINT, DataType.BIGINT));
    Groups groups =
        new Groups(
            AggregateCompiler.compile(calls, Updates.ADD),
            List.of(DataType.BIGINT, DataType.BOOLEAN, DataType.BIGINT));
    groups.add(
        List.of(
            new Object[] {1L, true, 1L},
            new Object[] {2L, false, 1L},
            new Object[] {4L, null, 1L}));
    groups.add(8L, true, 1L);

    assertThat(groups.results(1)).containsExactly(2L, 9L, 15L);
  }

  /** A snapshot finds fields by these names: they stay from version to version. */
  @ParameterizedTest
  @CsvSource({
    "ADD, rows | missing 0 | sum 0 | sum error 0 | min 0 | max 0",
    "RETRACT, rows | missing 0 | sum 0 | sum error 0 | extremes 0 | min deque 0 | max deque 0",
    "RETRACT_BY_TIME, rows | missing 0 | sum 0 | sum error 0 | extremes 0 | min deque 0 | max deque 0",
    "PARTIAL, rows | missing 0 | sum 0 | sum error 0 | min 0 | max 0"
  })
  void shouldKeepNamesOfFields(Updates updates, String names) {
    AggregateProgram program =
        AggregateCompiler.compile(all(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE), updates);

    assertThat(program.fields()).extracting(StateType::name).containsExactly(names.split(" \\| "));
  }

  @Test
  void shouldKeepNamesOfFieldsOfIntegersAndFilters() {
    AggregateCall sum = call(AggregateFunction.SUM, 0, DataType.BIGINT, DataType.BIGINT, 1);
    AggregateCall count = call(AggregateFunction.COUNT, -1, DataType.BIGINT, DataType.BIGINT, 1);

    assertThat(AggregateCompiler.compile(List.of(sum, count), Updates.RETRACT).fields())
        .extracting(StateType::name)
        .containsExactly(
            "rows", "missing 0 if 1", "sum low 0 if 1", "sum high 0 if 1", "missing * if 1");
  }

  @Test
  void shouldShareFieldsBetweenAggregatesOfOneInput() {
    AggregateProgram program =
        AggregateCompiler.compile(
            all(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE), Updates.ADD);

    assertThat(program.fields())
        .extracting(field -> field.name())
        .containsExactly("rows", "missing 0", "sum 0", "sum error 0", "min 0", "max 0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldComputeHundredsOfAggregates(boolean retractable) {
    List<AggregateCall> calls = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    Object[] row = new Object[201];
    for (int i = 0; i < 200; i++) {
      types.add(DataType.BIGINT);
      calls.add(call(AggregateFunction.SUM, i, DataType.BIGINT, DataType.BIGINT));
      calls.add(call(AggregateFunction.MAX, i, DataType.BIGINT, DataType.BIGINT));
      row[i] = i == 7 ? null : (Long) (long) i;
    }
    types.add(DataType.BIGINT);
    row[200] = 1L;
    AggregateProgram program = AggregateCompiler.compile(calls, updates(retractable));
    assertThat(MethodSizes.greatest(program.kernel())).isLessThan(6000);
    Groups groups = new Groups(program, types);
    groups.add(row);
    groups.add(row);

    assertThat(groups.results(1).get(2 * 199)).isEqualTo(398L);
    assertThat(groups.results(1).get(2 * 199 + 1)).isEqualTo(199L);
    assertThat(groups.results(1).get(2 * 7)).isNull();
  }
}
