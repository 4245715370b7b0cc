package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class DelayOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldPassRowOnWhenTheWatermarkHasGoneOnSoFar() {
    harness(10)
        .row(1, "a", 1)
        .row(5, "b", null)
        .row(5, null, 3)
        .row(10, "c", 4)
        .row(11, "d", 5)
        .emits(11, "a", 1)
        .advance(15)
        .emits(15, "b", null)
        .emits(15, null, 3)
        .row(40, "e", 6)
        .emits(20, "c", 4)
        .emits(21, "d", 5)
        .advance(50)
        .emits(50, "e", 6)
        .checkLeavesNothing();
  }

  @Test
  void shouldPutRowsInOrderWhenTimesGoBack() {
    harness(10)
        .row(20, "a", 1)
        .row(15, "b", 2)
        .row(10, "c", 3)
        .emits(20, "c", 3)
        .row(9, "d", 4)
        .isLate()
        .row(31, "e", 5)
        .emits(25, "b", 2)
        .emits(30, "a", 1)
        .check();
  }

  @Test
  void shouldPassRowsOnWhenTheInputEnds() {
    harness(10).row(1, "a", 1).end().emits(11, "a", 1).checkLeavesNothing();
  }

  @Test
  void shouldGiveRowsAwayAsLateWhenThereIsNoRoomForThem() {
    harness(10, new SortLimit(2, true))
        .row(1, "a", 1)
        .row(5, "b", 2)
        .row(9, "c", 3)
        .isLate()
        .row(11, "d", 4)
        .isLate()
        .emits(11, "a", 1)
        .row(12, "e", 5)
        .row(15, "f", 6)
        .isLate()
        .emits(15, "b", 2)
        .end()
        .emits(22, "e", 5)
        .checkLeavesNothing();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    assertThatThrownBy(
            () ->
                harness(10, new SortLimit(2, false))
                    .row(1, "a", 1)
                    .row(5, "b", 2)
                    .row(9, "c", 3)
                    .check())
        .hasMessageContaining("DELAY takes more than 2 rows at a time");
  }

  @Test
  void shouldNameDelayInDescription() {
    assertThat(new DelaySpec(10, ROWS, SortLimit.NONE).describe()).isEqualTo("Delay 10 ms");
    assertThat(new DelaySpec(10, ROWS, new SortLimit(5, true)).describe())
        .isEqualTo("Delay 10 ms, at most 5 rows, others late");
  }

  private static OperatorHarness harness(long delayMillis) {
    return harness(delayMillis, SortLimit.NONE);
  }

  private static OperatorHarness harness(long delayMillis, SortLimit limit) {
    DelaySpec spec = new DelaySpec(delayMillis, ROWS, limit);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
