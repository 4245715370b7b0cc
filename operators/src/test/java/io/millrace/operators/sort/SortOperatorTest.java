package io.millrace.operators.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldSendRowsInOrderOfTimeWhenTheWatermarkReachesThem() {
    harness(100)
        .row(200, "a", 1)
        .row(150, "b", 2)
        .row(300, "c", 3)
        .emits(150, "b", 2)
        .emits(200, "a", 1)
        .row(390, "d", 4)
        .row(210, "e", null)
        .isLate()
        .row(290, "f", null)
        .emits(290, "f", null)
        .advance(400)
        .emits(300, "c", 3)
        .emits(390, "d", 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepOrderOfArrivalWhenTimesAreEqual() {
    harness(10)
        .row(100, "a", 1)
        .row(95, "b", 1)
        .row(100, "c", 2)
        .row(95, "d", 2)
        .row(110, "e", 3)
        .emits(95, "b", 1)
        .emits(95, "d", 2)
        .emits(100, "a", 1)
        .emits(100, "c", 2)
        .check();
  }

  @Test
  void shouldSendRowsOfEqualTimesInTheOrderOfTheirLanes() {
    DirectRun run = new DirectRun();
    Operator sort = run.open(new SortSpec(ROWS));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long n = 0; n < 6; n++) {
      rows.add(List.of("r", n));
    }
    Batch batch = run.batch(ROWS, rows);
    long[] times = {7, 7, 5, 7, 7, 5};
    batch.rows(6, times, null, null).lanes(new int[] {2, 0, 1, 2, 1, 0});
    SourceTimeline timeline = new SourceTimeline(new Slack.Fixed(10));
    timeline.beginEvent(0, times, 6);

    sort.process(0, batch.timelines(timeline, timeline), run);
    sort.onTime(TimeDomain.EVENT, timeline, run);
    timeline.beginAdvance(100, 1_000);
    sort.onTime(TimeDomain.EVENT, timeline, run);

    assertThat(run.sent())
        .containsExactly(
            "0: [r, 5]", "0: [r, 2]", "0: [r, 1]", "0: [r, 4]", "0: [r, 0]", "0: [r, 3]");
    Batch sent = Objects.requireNonNull(run.last());
    assertThat(sent.lanes()).isNull();
  }

  @Test
  void shouldSendRowBehindItselfWhenTheWatermarkIsThereAlready() {
    harness(0)
        .row(100, "a", 1)
        .emits(100, "a", 1)
        .row(100, "b", 2)
        .emits(100, "b", 2)
        .row(99, "c", 3)
        .isLate()
        .row(100, "d", 4)
        .emits(100, "d", 4)
        .row(101, "e", 5)
        .emits(101, "e", 5)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepNulls() {
    harness(10)
        .row(100, "a", null)
        .row(95, null, 2)
        .end()
        .emits(95, null, 2)
        .emits(100, "a", null)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAllWhenTheInputEnds() {
    harness(1_000_000)
        .row(Long.MAX_VALUE - 1, "z", 1)
        .row(200, "a", 1)
        .isLate()
        .row(Long.MAX_VALUE - 100, "b", 1)
        .end()
        .emits(Long.MAX_VALUE - 100, "b", 1)
        .emits(Long.MAX_VALUE - 1, "z", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldGiveRowsAwayAsLateWhenThereIsNoRoomForThem() {
    harness(100, new SortLimit(2, true))
        .row(200, "a", 1)
        .row(150, "b", 2)
        .row(240, "c", 3)
        .isLate()
        .row(260, "d", 4)
        .isLate()
        .emits(150, "b", 2)
        .row(190, "e", 5)
        .row(195, "f", 6)
        .isLate()
        .end()
        .emits(190, "e", 5)
        .emits(200, "a", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatIsReleasedBeforeItStopsTheJob() {
    DirectRun run = new DirectRun();
    Batch batch =
        run.batch(
            ROWS, List.of(List.of("a", 1L), List.of("b", 2L), List.of("c", 3L), List.of("d", 4L)));
    Operator operator = run.open(new SortSpec(ROWS, false, new SortLimit(2, false)));
    batch.rows(4, new long[] {0, 9, 9, 9}, null, null);

    assertThatThrownBy(() -> operator.process(0, batch, run)).hasMessageContaining("raise");
    assertThat(run.sent()).containsExactly("2: [a, 1]");
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    assertThatThrownBy(
            () ->
                harness(100, new SortLimit(2, false))
                    .row(200, "a", 1)
                    .row(150, "b", 2)
                    .row(240, "c", 3)
                    .check())
        .hasMessageContaining("putting rows in order takes more than 2 rows at a time");
  }

  private static OperatorHarness harness(long slackMillis) {
    return harness(slackMillis, SortLimit.NONE);
  }

  private static OperatorHarness harness(long slackMillis, SortLimit limit) {
    SortSpec spec = new SortSpec(ROWS, false, limit);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(slackMillis);
  }
}
