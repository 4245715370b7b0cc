package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
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

  private static OperatorHarness harness(TimeLengthWindowSpec spec) {
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0);
  }
}
