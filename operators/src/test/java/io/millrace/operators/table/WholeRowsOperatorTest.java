package io.millrace.operators.table;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class WholeRowsOperatorTest {
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("n", DataType.BIGINT),
          new Field("id", DataType.BIGINT));
  private static final WholeRowsSpec SPEC =
      new WholeRowsSpec(ROWS, Schema.of(ROWS.field(0), ROWS.field(1)));

  @Test
  void shouldSendARowOnceHoweverManyKeysItIsOf() {
    harness()
        .change(0, RowKind.INSERT, 1, "a", null, 1)
        .emits(1, "a", null)
        .change(0, RowKind.INSERT, 2, "a", null, 2)
        .change(0, D, 3, null, null, 1)
        .change(0, D, 4, null, null, 1)
        .change(0, D, 5, null, null, 2)
        .emits(D, 5, "a", null)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeTheRowBackThatAnotherOneReplaces() {
    harness()
        .change(0, RowKind.INSERT, 1, "a", 1, 1)
        .emits(1, "a", 1)
        .change(0, U, 2, "a", 1, 1)
        .change(0, U, 3, "a", 2, 1)
        .emits(D, 3, "a", 1)
        .emits(3, "a", 2)
        .change(0, D, 4, "a", 2, 1)
        .emits(D, 4, "a", 2)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness() {
    return TestState.harness(() -> SPEC.create(new HandWrittenKernels())).input(ROWS);
  }
}
