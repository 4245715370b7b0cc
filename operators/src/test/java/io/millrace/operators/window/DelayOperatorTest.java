package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import java.util.stream.LongStream;
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

  /** As if each of the deadlines that have brought the rows about had been a step by itself. */
  @Test
  void shouldHaveRoomForRowsBehindThoseThatAreDueBeforeThemWhenOneStepBringsAll() {
    DirectRun run = new DirectRun();
    Operator delay = run.open(new DelaySpec(5, ROWS, new SortLimit(1, false)));
    Batch rows = run.batch(ROWS, List.of(List.of("a", 1L), List.of("b", 2L), List.of("c", 3L)));
    rows.rows(3, new long[] {9, 19, 29}, new int[] {2, 2, 2}, null)
        .moments(LongStream.of(10, 20, 30).map(Moments::ofDeadline).toArray());
    SourceTimeline timeline = new SourceTimeline();
    timeline.beginEvent(0, new long[] {30}, 1);

    delay.process(0, rows.timelines(timeline, timeline), run);
    delay.onTime(TimeDomain.EVENT, timeline, run);

    assertThat(run.sent()).containsExactly("2: [a, 1]", "2: [b, 2]");
    assertThat(run.stateEntries()).isEqualTo(1);
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
