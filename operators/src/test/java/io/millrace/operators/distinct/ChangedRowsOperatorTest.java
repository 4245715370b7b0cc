package io.millrace.operators.distinct;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedRowsOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("n", DataType.BIGINT),
          new Field("text", DataType.STRING),
          new Field("k", DataType.STRING));

  @Test
  void shouldLeaveOutRowsThatAreEqualToLastOfTheirGroup() {
    harness(0)
        .row(1, 5, "x", "a")
        .emits(1, 5, "x", "a")
        .row(2, 5, "x", "b")
        .emits(2, 5, "x", "b")
        .row(3, 5, "x", "a")
        .row(4, 5, null, "a")
        .emits(4, 5, null, "a")
        .row(5, 5, null, "a")
        .row(6, 5, "x", "a")
        .emits(6, 5, "x", "a")
        .row(7, 5, "x", "b")
        .row(8, null, "x", null)
        .emits(8, null, "x", null)
        .row(9, null, "x", null)
        .check();
  }

  @Test
  void shouldCompareValuesAsTheLanguageDoes() {
    Schema rows = Schema.of(new Field("x", DataType.DOUBLE), new Field("k", DataType.STRING));
    ChangedRowsSpec spec = new ChangedRowsSpec(rows, 1, List.of(1), 0);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(rows)
        .eventTime(0)
        .row(1, 0.0, "a")
        .emits(1, 0.0, "a")
        .row(2, -0.0, "a")
        .row(3, Double.NaN, "a")
        .emits(3, Double.NaN, "a")
        .row(4, Double.NaN, "a")
        .check();
  }

  @Test
  void shouldForgetKeysOfTablesThatAreDeleted() {
    ChangedRowsSpec spec = new ChangedRowsSpec(ROWS, 2, List.of(2), 10, true);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(1, 5, "x", "a")
        .emits(1, 5, "x", "a")
        .change(0, RowKind.UPDATE_AFTER, 2, 5, "x", "a")
        .change(0, RowKind.UPDATE_AFTER, 3, 6, "x", "a")
        .emits(RowKind.UPDATE_AFTER, 3, 6, "x", "a")
        .change(0, RowKind.DELETE, 4, null, null, "a")
        .emits(RowKind.DELETE, 4, null, null, "a")
        .row(5, 6, "x", "a")
        .emits(5, 6, "x", "a")
        .change(0, RowKind.UPDATE_AFTER, 14, 6, "x", "a")
        .advance(15)
        .change(0, RowKind.UPDATE_AFTER, 16, 6, "x", "a")
        .emits(RowKind.UPDATE_AFTER, 16, 6, "x", "a")
        .advance(40)
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetGroupsThatExpire() {
    harness(10)
        .row(1, 5, "x", "a")
        .emits(1, 5, "x", "a")
        .row(9, 5, "x", "a")
        .row(15, 5, "x", "a")
        .advance(25)
        .row(30, 5, "x", "a")
        .emits(30, 5, "x", "a")
        .advance(50)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameColumnsInDescription() {
    ChangedRowsSpec spec = new ChangedRowsSpec(ROWS, 2, List.of(2), 10);
    assertThat(spec.describe()).isEqualTo("ChangedRows n, text per k, expires after 10 ms");
    assertThat(spec.isTimeDriven()).isTrue();
    assertThat(new ChangedRowsSpec(ROWS, 3, List.of(), 0).distribution())
        .isEqualTo(Distribution.WHOLE);
  }

  private static OperatorHarness harness(long ttl) {
    ChangedRowsSpec spec = new ChangedRowsSpec(ROWS, 2, List.of(2), ttl);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
