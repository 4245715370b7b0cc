package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortedWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("rank", DataType.DOUBLE),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);

  @Test
  void shouldKeepSmallestRowsWhenWindowIsFull() {
    harness(spec(2, false))
        .row(1, "h", "p", 5.0, 1)
        .emits(1, "h", "p", 1, 1)
        .row(2, "h", "p", 3.0, 2)
        .emits(2, "h", "p", 2, 3)
        .row(3, "h", "p", 5.0, 4)
        .row(4, "h", "q", 4.0, 8)
        .emits(4, "h", "q", 1, 8)
        .row(5, "h", "p", 1.0, 16)
        .emits(5, "h", "p", 2, 18)
        .row(6, "h", "q", 2.0, 32)
        .emits(6, "h", "q", 1, 32)
        .row(7, "i", "q", 9.0, 64)
        .emits(7, "i", "q", 1, 64)
        .check();
  }

  @Test
  void shouldTakeNullForGreatestValue() {
    harness(spec(2, true))
        .row(1, "h", "p", 5.0, 1)
        .emits(1, "h", "p", 1, 1)
        .row(2, "h", "p", null, 2)
        .emits(2, "h", "p", 2, 3)
        .row(3, "h", "p", 4.0, 4)
        .row(4, "h", "p", null, 8)
        .emits(4, "h", "p", 2, 10)
        .row(5, "h", "p", Double.NaN, 16)
        .check();
  }

  @Test
  void shouldPutRowsInOrderWhenTheyComeInAny() {
    harness(spec(5, false))
        .row(1, "h", "p", 3.0, 3)
        .emits(1, "h", "p", 1, 3)
        .row(2, "h", "p", 5.0, 5)
        .emits(2, "h", "p", 2, 8)
        .row(3, "h", "p", 4.0, 4)
        .emits(3, "h", "p", 3, 12)
        .row(4, "h", "p", 1.0, 1)
        .emits(4, "h", "p", 4, 13)
        .row(5, "h", "p", 2.0, 2)
        .emits(5, "h", "p", 5, 15)
        .row(6, "h", "p", 0.0, 10)
        .emits(6, "h", "p", 5, 20)
        .row(7, "h", "p", 0.5, 20)
        .emits(7, "h", "p", 5, 36)
        .row(8, "h", "p", 0.7, 30)
        .emits(8, "h", "p", 5, 63)
        .row(9, "h", "p", 0.8, 40)
        .emits(9, "h", "p", 5, 101)
        .row(10, "h", "p", 1.5, 100)
        .check();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness(spec(2, false))
        .row(1, "h", "p", 5.0, 600)
        .emits(1, "h", "p", 1, 600)
        .row(2, "h", "p", 4.0, 401)
        .fails("too great")
        .row(3, "h", "p", 6.0, 100)
        .emits(3, "h", "p", 2, 700)
        .row(4, "h", "q", 1.0, 1001)
        .fails("too great")
        .row(5, "h", "p", 5.5, 400)
        .emits(5, "h", "p", 2, 1000)
        .check();
  }

  @Test
  void shouldLeaveNothingWhenOnlyRowOverflows() {
    harness(spec(2, false)).row(1, "h", "p", 5.0, 1001).fails("too great").checkLeavesNothing();
  }

  @Test
  void shouldNameOrderInDescription() {
    assertThat(spec(2, true).describe())
        .isEqualTo("SortedWindow 2 of rank DESC per host by host, path");
  }

  private static SortedWindowSpec spec(long rows, boolean isDescending) {
    return new SortedWindowSpec(
        rows,
        List.of(2),
        List.of(isDescending),
        new WindowGroups(
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(3),
            List.of(),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM)));
  }

  private static OperatorHarness harness(SortedWindowSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
