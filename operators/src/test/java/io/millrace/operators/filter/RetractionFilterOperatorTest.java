package io.millrace.operators.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetractionFilterOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("n", DataType.BIGINT), new Field("kind", DataType.STRING));

  /** 12 / n > 3. */
  private static final RetractionFilterSpec SPEC =
      new RetractionFilterSpec(
          "Filter 12 / n > 3",
          ROWS,
          List.of(1),
          HandWrittenKernels.predicate(
              (batch, row) -> batch.column(0).get(row) instanceof Long n ? 12 / n > 3 : null),
          null);

  private final DirectRun run = new DirectRun();
  private Operator operator = run.open(SPEC);

  @Test
  void shouldTakeBackRowWhenTheOneThatReplacesItFails() {
    process(row("+I", 1), row("-U", 1), row("+U", 2), row("-U", 2), row("+U", 9));
    assertThat(run.sent()).containsExactly("1: [1, +I]", "3: [1, -U]", "5: [2, +U]", "7: [2, -D]");
  }

  @Test
  void shouldBeginAnewWhenRowReplacesOneThatWasDropped() {
    process(row("+I", 9), row("-U", 9), row("+U", 8), row("-U", 8), row("+U", 2), row("-D", 2));
    assertThat(run.sent()).containsExactly("9: [2, +I]", "11: [2, -D]");
  }

  @Test
  void shouldKeepPairTogetherWhenItIsCut() {
    process(row("+I", 1), row("-U", 1));
    assertThat(run.sent()).containsExactly("1: [1, +I]");
    process(row("+U", 2), row("-U", 2));
    process(row("+U", 9));
    assertThat(run.sent().stream().map(row -> row.substring(row.indexOf('['))))
        .containsExactly("[1, +I]", "[1, -U]", "[2, +U]", "[2, -D]");
  }

  @Test
  void shouldReportFailureOnce() {
    process(row("+I", 0), row("-U", 0), row("+U", 1));
    assertThat(run.failed()).hasSize(1);
    assertThat(run.sent()).containsExactly("5: [1, +I]");
  }

  @Test
  void shouldDropPairsThatChangeNothingWhenRowsMustDiffer() {
    RetractionFilterSpec spec = RetractionFilterSpec.ofChanged(ROWS, List.of(1), List.of(1), 2);
    assertThat(spec.describe()).isEqualTo("ChangedRows n, with retractions");
    operator = run.open(spec);
    process(row("+I", 1), row("-U", 1), row("+U", 1), row("-U", 1));
    process(row("+U", 2), row("-D", 2), row("+I", 2), row("-U", 2), row("+U", 2));
    assertThat(run.sent().stream().map(row -> row.substring(row.indexOf('['))))
        .containsExactly("[1, +I]", "[1, -U]", "[2, +U]", "[2, -D]", "[2, +I]");
  }

  @Test
  void shouldDropAllPairsWhenNothingButTheirKindIsShown() {
    operator = run.open(RetractionFilterSpec.ofChanged(ROWS, List.of(0, 1), List.of(0, 1), 2));
    process(row("+I", 1), row("-U", 1), row("+U", 2), row("-D", 2));
    assertThat(run.sent()).containsExactly("1: [1, +I]", "7: [2, -D]");
  }

  @Test
  void shouldNameConditionInDescription() {
    assertThat(SPEC.describe()).isEqualTo("Filter 12 / n > 3, with retractions");
  }

  private static List<@Nullable Object> row(String kind, long n) {
    return List.of(n, kind);
  }

  @SafeVarargs
  private void process(List<@Nullable Object>... rows) {
    List<List<@Nullable Object>> all = new ArrayList<>(Arrays.asList(rows));
    Batch batch = run.batch(ROWS, all);
    byte[] kinds = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (RowKind kind : RowKind.values()) {
        if (kind.symbol().equals(rows[i].get(1))) {
          kinds[i] = kind.code();
        }
      }
    }
    operator.process(0, batch.kinds(kinds), run);
  }
}
