package io.millrace.operators.filter;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class ChangelogFilterOperatorTest {
  private static final Schema USERS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("n", DataType.BIGINT));

  /** 12 / n > 3. */
  private static final ChangelogFilterSpec SPEC =
      new ChangelogFilterSpec(
          "Filter 12 / n > 3",
          USERS,
          HandWrittenKernels.predicate(
              (batch, row) -> batch.column(1).get(row) instanceof Long n ? 12 / n > 3 : null));

  @Test
  void shouldKeepKindsOfRowsWhenConditionIsTrue() {
    harness()
        .change(0, RowKind.INSERT, 1, 7, 1)
        .emits(1, 7, 1)
        .change(0, RowKind.UPDATE_AFTER, 2, 7, 2)
        .emits(RowKind.UPDATE_AFTER, 2, 7, 2)
        .change(0, RowKind.DELETE, 3, 7, 2)
        .emits(RowKind.DELETE, 3, 7, 2)
        .check();
  }

  @Test
  void shouldSendDeletionWhenConditionIsNotTrue() {
    harness()
        .change(0, RowKind.UPDATE_AFTER, 1, 7, 4)
        .emits(RowKind.DELETE, 1, 7, 4)
        .change(0, RowKind.INSERT, 2, 8, null)
        .emits(RowKind.DELETE, 2, 8, null)
        .check();
  }

  @Test
  void shouldSendDeletionWhenConditionFails() {
    harness()
        .row(1, 7, 0)
        .fails("by zero")
        .emits(RowKind.DELETE, 1, 7, 0)
        .row(2, 8, 1)
        .emits(2, 8, 1)
        .row(3, 9, 4)
        .emits(RowKind.DELETE, 3, 9, 4)
        .row(4, 7, 0)
        .fails("by zero")
        .emits(RowKind.DELETE, 4, 7, 0)
        .check();
  }

  @Test
  void shouldPassDeletionOnWhenConditionFailsForIt() {
    harness()
        .row(1, 7, 1)
        .emits(1, 7, 1)
        .change(0, RowKind.UPDATE_AFTER, 2, 7, 0)
        .fails("by zero")
        .emits(RowKind.DELETE, 2, 7, 0)
        .change(0, RowKind.DELETE, 3, 7, 0)
        .emits(RowKind.DELETE, 3, 7, 0)
        .check();
  }

  private static OperatorHarness harness() {
    return TestState.harness(() -> SPEC.create(new HandWrittenKernels())).input(USERS).eventTime(0);
  }
}
