package io.millrace.operators.table;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.table.PickedChangesSpec.Pick;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class PickedChangesOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldSendWhatRowsBecomeAndNothingOfThoseThatGo() {
    harness(Pick.EVENTS)
        .change(0, RowKind.INSERT, 1, "a", 1)
        .emits(1, "a", 1)
        .change(0, RowKind.UPDATE_AFTER, 2, "a", null)
        .emits(2, "a", null)
        .change(0, RowKind.DELETE, 3, "a", null)
        .change(0, RowKind.UPDATE_AFTER, 3, "b", 1)
        .emits(3, "b", 1)
        .change(0, RowKind.INSERT, 4, "a", 1)
        .emits(4, "a", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldLeaveOutRowsThatAreReplaced() {
    harness(Pick.EVENTS)
        .change(0, RowKind.INSERT, 1, "a", 1)
        .emits(1, "a", 1)
        .change(0, RowKind.UPDATE_BEFORE, 1, "a", 1)
        .change(0, RowKind.UPDATE_AFTER, 2, "a", 2)
        .emits(2, "a", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassAllButReplacedRowsOnAsTheyAreWhenTheyAreOfATable() {
    harness(Pick.CURRENT)
        .change(0, RowKind.INSERT, 1, "a", 1)
        .emits(RowKind.INSERT, 1, "a", 1)
        .change(0, RowKind.UPDATE_BEFORE, 2, "a", 1)
        .change(0, RowKind.UPDATE_AFTER, 2, "a", 2)
        .emits(RowKind.UPDATE_AFTER, 2, "a", 2)
        .change(0, RowKind.DELETE, 3, "a", 2)
        .emits(RowKind.DELETE, 3, "a", 2)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness(Pick pick) {
    PickedChangesSpec spec = new PickedChangesSpec(ROWS, pick);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
