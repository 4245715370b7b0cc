package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.union.BehindUnion;
import io.millrace.operators.window.RevisionSpec.Results;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two inputs that come in any order, with early results every 400 of windows of 1000. */
class AwaitingOperatorTest {
  private static final PaneWindows TUMBLING = new PaneWindows.Hopping(1000, 1000, 0);
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldLeaveOutOfAnEstimateWhatAnInputHasGivenBehindTheTick() {
    harness(SortLimit.NONE)
        .rowOf(0, 100, "a", 1)
        .rowOf(0, 410, "b", 2)
        .rowOf(0, 300, "a", 4) // behind the tick, though its time is before
        .rowOf(1, 390, "a", 8)
        .rowOf(1, 400, "b", 16)
        .emits(999, "a", 2, 9, 0, 1000, "EARLY", 0)
        .emits(999, "b", 2, 18, 0, 1000, "EARLY", 0)
        .rowOf(1, 850, "a", 32)
        .rowOf(0, 800, "a", 64)
        .emits(999, "a", 5, 109, 0, 1000, "EARLY", 1)
        .end()
        .emits(999, "a", 5, 109, 0, 1000, "ON_TIME", 2)
        .emits(999, "b", 2, 18, 0, 1000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldEstimateTheSameWhenTheOtherInputIsReadFirst() {
    harness(SortLimit.NONE)
        .rowOf(1, 390, "a", 8)
        .rowOf(1, 400, "b", 16)
        .rowOf(1, 850, "a", 32)
        .rowOf(0, 100, "a", 1)
        .rowOf(0, 410, "b", 2)
        .emits(999, "a", 2, 9, 0, 1000, "EARLY", 0)
        .emits(999, "b", 2, 18, 0, 1000, "EARLY", 0)
        .rowOf(0, 300, "a", 4)
        .rowOf(0, 800, "a", 64)
        .emits(999, "a", 5, 109, 0, 1000, "EARLY", 1)
        .end()
        .emits(999, "a", 5, 109, 0, 1000, "ON_TIME", 2)
        .emits(999, "b", 2, 18, 0, 1000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldRefuseLateRowsWhenTheyCome() {
    harness(SortLimit.NONE)
        .rowOf(0, 1000, "a", 1)
        .rowOf(0, 999, "a", 2)
        .isLate()
        .rowOf(1, 999, "a", 4)
        .emits(999, "a", 1, 4, 0, 1000, "EARLY", 0)
        .rowOf(1, 1000, "a", 8)
        .emits(999, "a", 1, 4, 0, 1000, "ON_TIME", 1)
        .end()
        .emits(1999, "a", 2, 9, 1000, 2000, "EARLY", 0)
        .emits(1999, "a", 2, 9, 1000, 2000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldTreatRowsAsLateForWhichThereIsNoRoom() {
    harness(new SortLimit(2, true))
        .rowOf(0, 100, "a", 1)
        .rowOf(0, 200, "a", 2)
        .rowOf(0, 300, "a", 4)
        .isLate()
        .end()
        .emits(999, "a", 2, 3, 0, 1000, "EARLY", 0)
        .emits(999, "a", 2, 3, 0, 1000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldStopWhenThereIsNoRoom() {
    assertThatThrownBy(
            () ->
                harness(new SortLimit(1, false))
                    .rowOf(0, 100, "a", 1)
                    .rowOf(0, 200, "a", 2)
                    .check())
        .hasStackTraceContaining("takes more than 1 rows at a time")
        .hasStackTraceContaining("raise 'sort.max.rows'");
  }

  @Test
  void shouldSayHowManyRowsWaitAtMost() {
    assertThat(spec(new SortLimit(5, true)).describe())
        .isEqualTo(
            "TumblingWindow 1000 ms, early every 400 ms, final, at most 5 rows, others late by"
                + " name");
  }

  private static OperatorHarness harness(SortLimit limit) {
    return OperatorHarness.of(
            () -> new BehindUnion(ROWS, 2, spec(limit).create(new HandWrittenKernels())),
            HeapStateBackend::new)
        .input(ROWS)
        .input(ROWS)
        .eventTime(0);
  }

  private static RevisedWindowSpec spec(SortLimit limit) {
    return new RevisedWindowSpec(
        new ClosingWindows.OfPanes(TUMBLING),
        new RevisionSpec(Results.FINAL, 400, false, false, List.of(), limit),
        0,
        ROWS,
        List.of(0),
        List.of(1),
        HandWrittenKernels.mergingCountAndSum(),
        RevisedWindowOperatorTest.REVISIONS);
  }
}
