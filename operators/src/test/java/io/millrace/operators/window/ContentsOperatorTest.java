package io.millrace.operators.window;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private static ContentsSpec sending(boolean atEnd, @Nullable SnapshotSpec snapshots) {
    WindowGroups groups = SPEC.groups();
    boolean isNumbered = snapshots != null && snapshots.everyRows() > 0;
    List<Field> fields = new ArrayList<>(groups.output().fields());
    if (isNumbered) {
      fields.add(new Field("emission", DataType.BIGINT));
    }
    WindowGroups numbered =
        new WindowGroups(
            groups.input(),
            groups.partition(),
            groups.keys(),
            groups.arguments(),
            groups.carried(),
            groups.program(),
            new Schema(fields));
    return new ContentsSpec(SPEC.rowKeys(), numbered, atEnd, snapshots);
  }

  @Test
  void shouldSendAllGroupsAtTicksInTheOrderInWhichTheyBegan() {
    harness(sending(false, new SnapshotSpec(10, 0, 0)))
        .change(0, RowKind.INSERT, 1, 7, "n", 1)
        .change(0, RowKind.INSERT, 2, 8, "s", 2)
        .change(0, U, 3, 7, "n", 4)
        .advance(10)
        .emits(10, "n", 1, 4)
        .emits(10, "s", 1, 2)
        .change(0, D, 11, 7, null, null)
        .change(0, RowKind.INSERT, 12, 7, "n", 8)
        .advance(20)
        .emits(20, "s", 1, 2)
        .emits(20, "n", 1, 8)
        .change(0, D, 21, 7, null, null)
        .change(0, D, 22, 8, null, null)
        .advance(50)
        .check();
  }

  @Test
  void shouldSendAllGroupsWithEachChangeThatCounts() {
    harness(sending(false, new SnapshotSpec(0, 2, 0)))
        .change(0, RowKind.INSERT, 1, 7, "n", 1)
        .change(0, D, 2, 9, null, null)
        .change(0, RowKind.INSERT, 3, 8, "s", 2)
        .emits(3, "n", 1, 1, 0)
        .emits(3, "s", 1, 2, 0)
        .change(0, D, 4, 7, null, null)
        .change(0, U, 5, 8, "n", 4)
        .emits(5, "n", 1, 4, 1)
        .check();
  }

  @Test
  void shouldSendGroupsWithTheirTimesWhenTheInputHasEnded() {
    harness(sending(true, null))
        .change(0, RowKind.INSERT, 1, 7, "n", 1)
        .change(0, RowKind.INSERT, 2, 8, "s", 2)
        .change(0, U, 3, 7, "n", 4)
        .change(0, RowKind.INSERT, 4, 9, "w", 1)
        .change(0, D, 5, 9, null, null)
        .advance(Timeline.END)
        .emits(3, "n", 1, 4)
        .emits(2, "s", 1, 2)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness() {
    return harness(SPEC);
  }

  private static OperatorHarness harness(ContentsSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
