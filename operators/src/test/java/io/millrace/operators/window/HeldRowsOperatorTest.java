package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldRowsOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("k", DataType.STRING), new Field("v", DataType.BIGINT));

  private static HeldRowsSpec sliding(long sizeMillis) {
    return new HeldRowsSpec(
        new HeldUntil.Deadline(
            new WindowAssigner(1, 0), sizeMillis - 1, sizeMillis - 1, false, true),
        "",
        ROWS);
  }

  private static HeldRowsSpec closing(long sizeMillis, long graceMillis, boolean fromFirst) {
    return new HeldRowsSpec(
        new HeldUntil.Deadline(
            new WindowAssigner(sizeMillis, 0), graceMillis, graceMillis, fromFirst, false),
        "",
        ROWS);
  }

  private static HeldRowsSpec retaining(long sizeMillis, long graceMillis, long retentionMillis) {
    return new HeldRowsSpec(
        new HeldUntil.Deadline(
            new WindowAssigner(sizeMillis, 0), graceMillis, retentionMillis, false, false),
        "",
        ROWS);
  }

  private static HeldRowsSpec counted(long rows, boolean all) {
    return new HeldRowsSpec(new HeldUntil.Full(rows, all), "", ROWS);
  }

  private static OperatorHarness harness(HeldRowsSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }

  /** What is held after rows of the times 0, 1, …, whose values are their times. */
  private static List<Object> heldAfter(HeldRowsSpec spec, int rows) {
    DirectRun run = new DirectRun();
    Operator operator = run.open(spec);
    List<List<Object>> values = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      values.add(Arrays.asList("k" + i, i));
    }
    var batch = run.batch(ROWS, values);
    operator.process(0, batch, run);
    operator.onTime(TimeDomain.EVENT, batch.timeline(), run);
    HeldContents contents = ((HeldContents.Holder) operator).contents();
    Column[] columns = {
      Column.of(DataType.STRING.layout(), 8), Column.of(DataType.BIGINT.layout(), 8)
    };
    long[] times = new long[8];
    contents.copy(0, contents.size(), columns, times);
    List<Object> held = new ArrayList<>();
    for (int row = 0; row < contents.size(); row++) {
      assertThat(columns[0].get(row)).isEqualTo("k" + times[row]);
      held.add(columns[1].get(row));
    }
    return held;
  }

  @Test
  void shouldHoldRowsOfTheLastTime() {
    assertThat(heldAfter(sliding(3), 2)).containsExactly(0L, 1L);
    assertThat(heldAfter(sliding(3), 5)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void shouldHoldRowsOfWindowsThatHaveNotClosed() {
    assertThat(heldAfter(closing(3, 0, false), 5)).containsExactly(3L, 4L);
    assertThat(heldAfter(closing(3, 2, false), 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(heldAfter(closing(3, 2, false), 6)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void shouldHoldRowsOfClosedWindowsAsLongAsTheyAreRetained() {
    assertThat(heldAfter(retaining(3, 0, 2), 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(heldAfter(retaining(3, 0, 2), 6)).containsExactly(3L, 4L, 5L);
    assertThat(heldAfter(retaining(3, 2, 2), 6)).containsExactly(3L, 4L, 5L);
    harness(retaining(10, 5, 30))
        .eventTime(0)
        .row(9, "a", 1L)
        .row(15, "b", 2L)
        .row(7, "c", 3L)
        .isLate()
        .row(12, "d", 4L)
        .advance(50)
        .checkLeavesNothing();
  }

  @Test
  void shouldHoldSoManyRows() {
    assertThat(heldAfter(counted(2, false), 5)).containsExactly(3L, 4L);
    assertThat(heldAfter(counted(3, true), 5)).containsExactly(3L, 4L);
    assertThat(heldAfter(counted(5, true), 5)).isEmpty();
    assertThat(heldAfter(counted(1, false), 3)).containsExactly(2L);
    assertThat(heldAfter(counted(1, true), 3)).isEmpty();
  }

  @Test
  void shouldLeaveNothingWhenAllRowsHaveLeft() {
    harness(sliding(10))
        .eventTime(100)
        .row(100, "a", 1L)
        .row(95, "b", 2L)
        .row(104, "c", null)
        .advance(114)
        .checkLeavesNothing();
    harness(closing(10, 5, false))
        .eventTime(100)
        .row(9, "a", 1L)
        .row(12, "b", 2L)
        .row(3, null, 3L)
        .advance(25)
        .checkLeavesNothing();
    harness(counted(3, true))
        .arrivalTime()
        .row(1, "a", 1L)
        .row(2, "b", 2L)
        .row(3, "c", 3L)
        .checkLeavesNothing();
  }

  @Test
  void shouldFindRowsLateWhenTheirTimeHasGone() {
    harness(sliding(10))
        .eventTime(100)
        .row(100, "a", 1L)
        .row(90, "b", 2L)
        .isLate()
        .row(91, "c", 3L)
        .advance(110)
        .checkLeavesNothing();
    harness(closing(10, 5, false))
        .eventTime(0)
        .row(9, "a", 1L)
        .row(14, "b", 2L)
        .row(8, "c", 3L)
        .row(15, "d", 4L)
        .row(7, "e", 5L)
        .isLate()
        .advance(25)
        .checkLeavesNothing();
  }

  @Test
  void shouldBeginItsGridAtTheFirstRowThatIsNotLate() {
    harness(closing(10, 0, true))
        .eventTime(0)
        .advance(100)
        .row(89, "a", 1L)
        .isLate()
        .row(107, "b", 2L)
        .row(116, "c", 3L)
        .row(117, "d", 4L)
        .row(116, "e", 5L)
        .isLate()
        .row(126, "f", 6L)
        .check();
  }
}
