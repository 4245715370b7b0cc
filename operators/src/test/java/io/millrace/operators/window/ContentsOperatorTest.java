package io.millrace.operators.window;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentsOperatorTest {
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("region", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final ContentsSpec SPEC =
      new ContentsSpec(
          List.of(0),
          new WindowGroups(
              ROWS,
              List.of(),
              List.of(1),
              List.of(2),
              List.of(),
              HandWrittenKernels.countAndSum(),
              Schema.of(
                  ROWS.field(1),
                  new Field("count", DataType.BIGINT),
                  new Field("sum", DataType.BIGINT))));

  @Test
  void shouldTakeARowFromOneGroupToAnother() {
    harness()
        .change(0, RowKind.INSERT, 1, 7, "n", 1)
        .emits(1, "n", 1, 1)
        .change(0, RowKind.INSERT, 2, 8, "n", 2)
        .emits(U, 2, "n", 2, 3)
        .change(0, U, 3, 7, "s", 4)
        .emits(U, 3, "n", 1, 2)
        .emits(3, "s", 1, 4)
        .change(0, U, 4, 7, "s", 8)
        .emits(U, 4, "s", 1, 8)
        .change(0, D, 5, 8, null, null)
        .emits(D, 5, "n", null, null)
        .change(0, D, 6, 7, "s", 8)
        .emits(D, 6, "s", null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassNothingOnWhenARowIsDeletedThatIsNotThere() {
    harness().change(0, D, 1, 7, "n", 1).checkLeavesNothing();
  }

  @Test
  void shouldGiveAGroupTheGreatestTimeOfItsChanges() {
    harness()
        .change(0, RowKind.INSERT, 5, 7, "n", 1)
        .emits(5, "n", 1, 1)
        .change(0, U, 3, 7, "n", 2)
        .emits(U, 5, "n", 1, 2)
        .change(0, D, 4, 7, null, null)
        .emits(D, 5, "n", null, null)
        .change(0, RowKind.INSERT, 2, 7, "n", 2)
        .emits(2, "n", 1, 2)
        .check();
  }

  @Test
  void shouldTakeARowOutWhenWhatItBecomesOverflows() {
    harness()
        .change(0, RowKind.INSERT, 1, 7, "n", 600)
        .emits(1, "n", 1, 600)
        .change(0, RowKind.INSERT, 2, 8, "n", 1)
        .emits(U, 2, "n", 2, 601)
        .change(0, U, 3, 8, "n", 401)
        .fails("too great")
        .emits(U, 3, "n", 1, 600)
        .change(0, U, 4, 7, "s", 1001)
        .fails("too great")
        .emits(D, 4, "n", null, null)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness() {
    return TestState.harness(() -> SPEC.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
