package io.millrace.operators.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.kernel.RowFunction;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilterProjectOperatorTest {
  private static final Schema TRADES =
      Schema.of(
          new Field("symbol", DataType.STRING),
          new Field("n", DataType.BIGINT),
          new Field("price", DataType.DOUBLE),
          new Field("open", DataType.BOOLEAN));
  private static final Schema QUOTIENTS =
      Schema.of(
          new Field("quotient", DataType.BIGINT),
          new Field("symbol", DataType.STRING),
          new Field("twice", DataType.BIGINT));

  /** n > 1; NULL for NULL. */
  private static final RowFunction GREATER_THAN_ONE =
      (batch, row) -> batch.column(1).get(row) instanceof Long n ? n > 1 : null;

  /** 12 / n; fails for 0. */
  private static final RowFunction QUOTIENT =
      (batch, row) -> batch.column(1).get(row) instanceof Long n ? 12 / n : null;

  private static final RowFunction QUOTIENT_GREATER_THAN_THREE =
      (batch, row) -> batch.column(1).get(row) instanceof Long n ? 12 / n > 3 : null;

  private static final RowFunction TWICE =
      (batch, row) -> batch.column(1).get(row) instanceof Long n ? 2 * n : null;

  @Test
  void shouldPassOnlyRowsForWhichConditionIsTrue() {
    harness(filter(GREATER_THAN_ONE))
        .row(1000, "a", 2, 0.5, true)
        .emits(1000, "a", 2, 0.5, true)
        .row(1001, "b", 1, 0.5, true)
        .row(1002, "c", null, 0.5, true)
        .row(999, "d", 3, 1.5, false)
        .emits(999, "d", 3, 1.5, false)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepNullsWhenRowsAreGathered() {
    harness(filter(GREATER_THAN_ONE))
        .row(1, null, 2, null, null)
        .emits(1, null, 2, null, null)
        .row(2, null, 0, null, null)
        .row(3, "a", 2, 1.0, true)
        .emits(3, "a", 2, 1.0, true)
        .row(4, null, 5, null, null)
        .emits(4, null, 5, null, null)
        .check();
  }

  @Test
  void shouldKeepKindsWhenRowsAreFiltered() {
    harness(filter(GREATER_THAN_ONE))
        .change(0, RowKind.UPDATE_AFTER, 1, "a", 2, 0.0, true)
        .emits(RowKind.UPDATE_AFTER, 1, "a", 2, 0.0, true)
        .change(0, RowKind.DELETE, 2, "b", 1, 0.0, true)
        .change(0, RowKind.DELETE, 3, "c", 3, 0.0, true)
        .emits(RowKind.DELETE, 3, "c", 3, 0.0, true)
        .check();
  }

  @Test
  void shouldTakeColumnsOverAndComputeOthersWhenProjecting() {
    harness(project(null))
        .row(1, "a", 5, 0.0, true)
        .emits(1, 2, "a", 10)
        .row(2, null, null, 0.0, true)
        .emits(2, null, null, null)
        .check();
  }

  @Test
  void shouldFailRowsWhenConditionFails() {
    harness(filter(QUOTIENT_GREATER_THAN_THREE))
        .row(1, "a", 1, 0.0, true)
        .emits(1, "a", 1, 0.0, true)
        .row(2, "b", 0, 0.0, true)
        .fails("by zero")
        .row(3, "c", 6, 0.0, true)
        .row(4, "d", 2, 0.0, true)
        .emits(4, "d", 2, 0.0, true)
        .check();
  }

  @Test
  void shouldFailRowsOnceWhenProjectionFails() {
    harness(project(null))
        .row(1, "a", 0, 0.0, true)
        .fails("by zero")
        .row(2, "b", 3, 0.0, true)
        .emits(2, 4, "b", 6)
        .row(3, "c", 0, 0.0, true)
        .fails("by zero")
        .check();
  }

  @Test
  void shouldPassDeletionsOnWhenProjectionFailsForThem() {
    harness(project(null))
        .row(1, "a", 3, 0.0, true)
        .emits(1, 4, "a", 6)
        .change(0, RowKind.UPDATE_AFTER, 2, "a", 0, 0.0, true)
        .fails("by zero")
        .change(0, RowKind.DELETE, 3, "a", 0, 0.0, true)
        .emits(RowKind.DELETE, 3, null, "a", null)
        .change(0, RowKind.DELETE, 4, "b", 2, 0.0, true)
        .emits(RowKind.DELETE, 4, 6, "b", 4)
        .check();
  }

  @Test
  void shouldSendDeletionWhenProjectionFailsForAChange() {
    harness(project(null, true))
        .row(1, "a", 3, 0.0, true)
        .emits(1, 4, "a", 6)
        .change(0, RowKind.UPDATE_AFTER, 2, "a", 0, 0.0, true)
        .fails("by zero")
        .emits(RowKind.DELETE, 2, null, "a", null)
        .change(0, RowKind.DELETE, 3, "b", 0, 0.0, true)
        .emits(RowKind.DELETE, 3, null, "b", null)
        .row(4, "c", 6, 0.0, true)
        .emits(4, 2, "c", 12)
        .check();
  }

  @Test
  void shouldComputeOnlyWhatPassesWhenFilteringAndProjecting() {
    harness(project((batch, row) -> !Objects.equals(batch.column(1).get(row), 0L)))
        .row(1, "a", 0, 0.0, true)
        .row(2, "b", 3, 0.0, true)
        .emits(2, 4, "b", 6)
        .check();
  }

  @Test
  void shouldShareColumnsAndPlacesWhenAllRowsPass() {
    DirectRun run = new DirectRun();
    Batch batch = run.batch(TRADES, List.of(trade("a", 2L), trade("b", 3L)));
    batch.places(new int[] {4, 2});

    run.open(filter(GREATER_THAN_ONE)).process(0, batch, run);

    Batch result = Objects.requireNonNull(run.last());
    assertThat(result.columns()).containsExactly(batch.columns());
    assertThat(result.places()).isSameAs(batch.places());
    assertThat(result.positions()).isNull();
  }

  @Test
  void shouldKeepPositionsAndPlacesWhenSomeRowsPass() {
    DirectRun run = new DirectRun();
    Batch batch = run.batch(TRADES, List.of(trade("a", 2L), trade("b", 1L), trade("c", 3L)));
    batch.places(new int[] {4, 2, 7});

    run.open(filter(GREATER_THAN_ONE)).process(0, batch, run);

    assertThat(run.sent()).containsExactly("1/4: [a, 2, null, null]", "5/7: [c, 3, null, null]");
  }

  private static List<@Nullable Object> trade(String symbol, Long n) {
    return Arrays.asList(symbol, n, null, null);
  }

  private static FilterProjectSpec filter(RowFunction condition) {
    return new FilterProjectSpec(
        "Filter", TRADES, HandWrittenKernels.predicate(condition), null, List.of(), true);
  }

  private static FilterProjectSpec project(@Nullable RowFunction condition) {
    return project(condition, false);
  }

  private static FilterProjectSpec project(@Nullable RowFunction condition, boolean isOfChanges) {
    return new FilterProjectSpec(
        "Project",
        TRADES,
        condition == null ? null : HandWrittenKernels.predicate(condition),
        new ProjectionSpec(
            QUOTIENTS,
            List.of(-1, 0, -1),
            QUOTIENTS.names(),
            HandWrittenKernels.projector(QUOTIENT, TWICE),
            isOfChanges),
        List.of(),
        true);
  }

  private static OperatorHarness harness(FilterProjectSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(TRADES)
        .eventTime(0);
  }
}
