package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLengthWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);

  @Test
  void shouldLetRowsGoByTimeAndByNumber() {
    harness(spec(10, 3))
        .row(1, "h", "p", 1)
        .emits(1, "h", "p", 1, 1)
        .row(2, "h", "q", 2)
        .emits(2, "h", "q", 1, 2)
        .row(3, "h", "p", 4)
        .emits(3, "h", "p", 2, 5)
        .row(4, "h", "p", 8)
        .emits(4, "h", "p", 2, 12)
        .row(12, "h", "q", 16)
        .emits(12, "h", "q", 1, 16)
        .row(13, "i", "p", 32)
        .emits(13, "i", "p", 1, 32)
        .row(14, "h", "p", 64)
        .emits(14, "h", "p", 1, 64)
        .check();
  }

  @Test
  void shouldKeepLatestRowsWhenTimesGoBack() {
    harness(spec(10, 2))
        .row(20, "h", "p", 1)
        .emits(20, "h", "p", 1, 1)
        .row(15, "h", "p", 2)
        .emits(15, "h", "p", 2, 3)
        .row(12, "h", "p", 4)
        .row(15, "h", "p", 8)
        .emits(15, "h", "p", 2, 9)
        .row(10, "h", "p", 16)
        .isLate()
        .row(26, "h", "p", 32)
        .emits(26, "h", "p", 2, 33)
        .check();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness(spec(10, 2))
        .row(1, "h", "p", 600)
        .emits(1, "h", "p", 1, 600)
        .row(2, "h", "p", 401)
        .fails("too great")
        .row(3, "h", "p", 100)
        .emits(3, "h", "p", 2, 700)
        .row(4, "h", "q", 1001)
        .fails("too great")
        .row(5, "h", "p", 900)
        .emits(5, "h", "p", 2, 1000)
        .check();
  }

  @Test
  void shouldLeaveNothingWhenTimeHasPassed() {
    harness(spec(10, 2))
        .row(1, "h", "p", 1)
        .emits(1, "h", "p", 1, 1)
        .row(2, "i", "p", 1001)
        .fails("too great")
        .row(3, "h", "p", 2)
        .emits(3, "h", "p", 2, 3)
        .advance(13)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatIsLeftWhenRowsLeaveByTimeAndByNumber() {
    harness(spec(10, 2, SlidingEmission.CHANGES))
        .row(1, "h", "p", 1)
        .emits(1, "h", "p", 1, 1, 1)
        .row(2, "i", "p", 2)
        .emits(2, "i", "p", 1, 2, 2)
        .row(3, "h", "p", 4)
        .emits(3, "h", "p", 2, 5, 4)
        .row(4, "h", "q", 8)
        .emits(4, "h", "p", 1, 4, 4)
        .emits(4, "h", "q", 1, 8, 8)
        .row(5, "i", "p", 16)
        .emits(5, "i", "p", 2, 18, 16)
        .row(6, "h", "q", 32)
        .emits(6, "h", "q", 2, 40, 32)
        .row(14, "j", "p", 64)
        .emits(12, "i", "p", 1, 16, 16)
        .emits(14, "h", "q", 1, 32, 32)
        .emits(14, "j", "p", 1, 64, 64)
        .advance(90)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendGroupsOfOneMomentInTheOrderInWhichTheirRowsCame() {
    harness(spec(10, 5, SlidingEmission.EXPIRY))
        .row(3, "h", "p", 1)
        .row(3, "i", "p", 2)
        .row(3, "h", "q", 4)
        .row(3, "h", "p", 8)
        .row(4, "h", "q", 16)
        .row(4, "h", "p", 32)
        .row(4, "i", "p", 64)
        .advance(20)
        .emits(13, "h", "p", 1, 32, 32)
        .emits(13, "i", "p", 1, 64, 64)
        .emits(13, "h", "q", 1, 16, 16)
        .checkLeavesNothing();
  }

  @Test
  void shouldFindTheMomentOfARowThatComesBehindLaterOnes() {
    harness(spec(10, 5, SlidingEmission.EXPIRY))
        .row(9, "h", "p", 1)
        .row(5, "h", "p", 2)
        .row(7, "h", "p", 4)
        .row(16, "h", "p", 8)
        .emits(15, "h", "p", 2, 5, 1)
        .row(18, "h", "p", 1001)
        .emits(17, "h", "p", 2, 9, 8)
        .fails("too great")
        .row(18, "i", "p", 16)
        .row(8, "i", "p", 32)
        .isLate()
        .end()
        .emits(19, "h", "p", 1, 8, 8)
        .checkLeavesNothing();
  }

  @Test
  void shouldBeInOneTaskWhenMomentsOfAllPartitionsAreInOrder() {
    assertThat(spec(10, 2, SlidingEmission.EXPIRY).distribution()).isEqualTo(Distribution.WHOLE);
    assertThat(spec(10, 2).distribution()).isInstanceOf(Distribution.Keyed.class);
  }

  @Test
  void shouldNameSizesInDescription() {
    assertThat(spec(10, 2).describe())
        .isEqualTo("TimeLengthWindow 10 ms, 2 per host by host, path");
  }

  private static TimeLengthWindowSpec spec(long size, long rows) {
    return new TimeLengthWindowSpec(
        size,
        rows,
        new WindowGroups(
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(2),
            List.of(),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM)));
  }

  /** The number of the newest row stands behind the aggregates. */
  private static TimeLengthWindowSpec spec(long size, long rows, SlidingEmission emission) {
    return new TimeLengthWindowSpec(
        size,
        rows,
        new WindowGroups(
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(2),
            List.of(2),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM, ROWS.field(2)),
            emission,
            null));
  }

  private static OperatorHarness harness(TimeLengthWindowSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
