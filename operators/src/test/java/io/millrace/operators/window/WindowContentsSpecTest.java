package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.CronSchedule;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowContentsSpecTest {
  private static final Schema ROWS =
      Schema.of(new Field("k", DataType.STRING), new Field("v", DataType.BIGINT));
  private static final Schema SENT =
      Schema.of(new Field("v", DataType.BIGINT), new Field("k", DataType.STRING));
  private static final Schema TIMED =
      Schema.of(
          new Field("v", DataType.BIGINT),
          new Field("k", DataType.STRING),
          new Field("until", DataType.TIMESTAMP));

  private static WindowContentsSpec closing(WindowGrid grid, long moreMillis, boolean fromFirst) {
    HeldUntil until = new HeldUntil.Deadline(grid, moreMillis, moreMillis, fromFirst, false);
    return new WindowContentsSpec(until, "Window", List.of(1, 0), TIMED);
  }

  private static WindowContentsSpec counted(long rows, boolean all) {
    return new WindowContentsSpec(new HeldUntil.Full(rows, all), "Last", List.of(1, 0), SENT);
  }

  private static OperatorHarness harness(WindowContentsSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }

  @Test
  void shouldSendRowsOnceMoreWhenTheirWindowCloses() {
    harness(closing(new WindowAssigner(10, 0), 0, false))
        .eventTime(4)
        .row(3, "a", 1)
        .emits(3, 1, "a", 10)
        .row(9, "b", 2)
        .emits(9, 2, "b", 10)
        .row(3, null, null)
        .emits(3, null, null, 10)
        .row(12, "d", 4)
        .emits(12, 4, "d", 20)
        .row(6, "e", 5)
        .emits(6, 5, "e", 10)
        .row(13, "f", 6)
        .emits(13, 6, "f", 20)
        .row(14, "g", 7)
        .emits(14, 7, "g", 20)
        .emits(RowKind.DELETE, 10, 1, "a", 10)
        .emits(RowKind.DELETE, 10, null, null, 10)
        .emits(RowKind.DELETE, 10, 5, "e", 10)
        .emits(RowKind.DELETE, 10, 2, "b", 10)
        .row(9, "h", 8)
        .isLate()
        .row(40, "i", 9)
        .emits(40, 9, "i", 50)
        .emits(RowKind.DELETE, 20, 4, "d", 20)
        .emits(RowKind.DELETE, 20, 6, "f", 20)
        .emits(RowKind.DELETE, 20, 7, "g", 20)
        .advance(49)
        .advance(50)
        .emits(RowKind.DELETE, 50, 9, "i", 50)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendRowsOnceMoreWhenTheLastOfTheirWindowsCloses() {
    harness(closing(new WindowAssigner(5, 0), 5, false))
        .row(4, "a", 1)
        .emits(4, 1, "a", 10)
        .row(5, "b", 2)
        .emits(5, 2, "b", 15)
        .advance(9)
        .advance(40)
        .emits(RowKind.DELETE, 10, 1, "a", 10)
        .emits(RowKind.DELETE, 15, 2, "b", 15)
        .checkLeavesNothing();
  }

  @Test
  void shouldCountFromTheFirstRow() {
    harness(closing(new WindowAssigner(10, 0), 0, true))
        .row(7, "a", 1)
        .emits(7, 1, "a", 17)
        .row(16, "b", 2)
        .emits(16, 2, "b", 17)
        .advance(17)
        .emits(RowKind.DELETE, 17, 1, "a", 17)
        .emits(RowKind.DELETE, 17, 2, "b", 17)
        .row(36, "c", 3)
        .emits(36, 3, "c", 37)
        .check();
  }

  @Test
  void shouldSendRowsOnceMoreAtTheNextFiring() {
    harness(closing(new CronWindows(CronSchedule.parse("0/2 * * * * ?")), 0, false))
        .row(1_999, "a", 1)
        .emits(1_999, 1, "a", 2_000)
        .row(2_000, "b", 2)
        .emits(2_000, 2, "b", 4_000)
        .emits(RowKind.DELETE, 2_000, 1, "a", 2_000)
        .end()
        .emits(RowKind.DELETE, 4_000, 2, "b", 4_000)
        .checkLeavesNothing();
  }

  @Test
  void shouldLetTheClockCloseWindowsBeforeRowsOfItsTime() {
    harness(closing(new WindowAssigner(10, 0), 0, false))
        .arrivalTime()
        .row(3, "a", 1)
        .emits(3, 1, "a", 10)
        .row(10, "b", 2)
        .emits(RowKind.DELETE, 10, 1, "a", 10)
        .emits(10, 2, "b", 20)
        .check();
  }

  @Test
  void shouldEmptyAFullBatchBehindTheRowThatFillsIt() {
    harness(counted(2, true))
        .row(1, "a", 1)
        .emits(1, 1, "a")
        .row(4, null, 2)
        .emits(4, 2, null)
        .emits(RowKind.DELETE, 4, 1, "a")
        .emits(RowKind.DELETE, 4, 2, null)
        .row(3, "c", 3)
        .emits(3, 3, "c")
        .row(3, "d", 4)
        .emits(3, 4, "d")
        .emits(RowKind.DELETE, 3, 3, "c")
        .emits(RowKind.DELETE, 3, 4, "d")
        .checkLeavesNothing();
  }

  @Test
  void shouldLetTheOldestRowGoBeforeTheOneThatPushesItOut() {
    harness(counted(2, false))
        .row(1, "a", 1)
        .emits(1, 1, "a")
        .row(2, "b", 2)
        .emits(2, 2, "b")
        .row(3, "c", 3)
        .emits(RowKind.DELETE, 3, 1, "a")
        .emits(3, 3, "c")
        .check();
  }

  @Test
  void shouldSayWhatItSends() {
    assertThat(counted(2, true).describe()).isEqualTo("Last, contents");
  }
}
