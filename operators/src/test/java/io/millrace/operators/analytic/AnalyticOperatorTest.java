package io.millrace.operators.analytic;

import static io.millrace.operators.analytic.FrameBounds.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyticOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("host", DataType.STRING), new Field("n", DataType.BIGINT));

  /** How long rows wait for values at most. */
  private static final long TTL = 10;

  @Test
  void shouldAggregateMovingRowsWhenFrameIsOfRows() {
    harness(perHost(frame(true, -1, 0)))
        .row(1, "a", 1)
        .emits(1, "a", 1, 1, 1)
        .row(2, "b", 10)
        .emits(2, "b", 10, 1, 10)
        .row(2, "a", null)
        .emits(2, "a", null, 2, 1)
        .row(3, "a", 4)
        .emits(3, "a", 4, 2, 4)
        .row(3, null, 100)
        .emits(3, null, 100, 1, 100)
        .check();
  }

  @Test
  void shouldLookAtRowsBeforeWhenFrameEndsBeforeRow() {
    harness(ofAll(frame(true, -2, -1), frame(true, UNBOUNDED, -2)))
        .row(1, "a", 1)
        .emits(1, "a", 1, 0, null, 0, null)
        .row(2, "b", 2)
        .emits(2, "b", 2, 1, 1, 0, null)
        .row(3, "c", 4)
        .emits(3, "c", 4, 2, 3, 1, 1)
        .row(4, "d", 8)
        .emits(4, "d", 8, 2, 6, 2, 3)
        .check();
  }

  @Test
  void shouldSendRowWithTimeOfRowForWhichItWaited() {
    harness(perHost(frame(true, 0, 1)))
        .row(1, "a", 1)
        .row(2, "b", 2)
        .row(4, "a", 4)
        .emits(4, "a", 1, 2, 5)
        .row(5, "a", 8)
        .emits(5, "a", 4, 2, 12)
        .row(5, "c", 3)
        .end()
        .emits(5, "b", 2, 1, 2)
        .emits(5, "a", 8, 1, 8)
        .emits(5, "c", 3, 1, 3)
        .check();
  }

  @Test
  void shouldSendRowsInOrderOfTimesWhenWatermarkHasPassedTheirFrames() {
    harness(perHost(frame(false, -2, 2)))
        .lag(2)
        .row(1, "a", 1)
        .row(2, "b", 10)
        .row(3, "a", 2)
        .row(3, "b", 20)
        .row(4, "a", 4)
        .emits(1, "a", 1, 2, 3)
        .row(9, "c", 100)
        .emits(2, "b", 10, 2, 30)
        .emits(3, "a", 2, 3, 7)
        .emits(3, "b", 20, 2, 30)
        .emits(4, "a", 4, 2, 6)
        .end()
        .emits(9, "c", 100, 1, 100)
        .checkLeavesNothing();
  }

  @Test
  void shouldHoldAllRowsOfOwnTimeWhenFrameOfTimeEndsWithRow() {
    harness(ofAll(frame(false, UNBOUNDED, 0)))
        .row(1, "a", 1)
        .row(1, "a", 2)
        .row(2, "a", 4)
        .emits(1, "a", 1, 2, 3)
        .emits(1, "a", 2, 2, 3)
        .advance(3)
        .emits(2, "a", 4, 3, 7)
        .check();
  }

  @Test
  void shouldForgetRowsWhenTheirTimeIsOver() {
    harness(perHost(frame(false, -10, -1)))
        .row(1, "a", 1)
        .emits(1, "a", 1, 0, null)
        .row(3, "b", 2)
        .emits(3, "b", 2, 0, null)
        .row(11, "a", 4)
        .emits(11, "a", 4, 1, 1)
        .row(12, "a", 8)
        .emits(12, "a", 8, 1, 4)
        .advance(100)
        .checkLeavesNothing();
  }

  @Test
  void shouldCountPlacesWhenRowsAreRanked() {
    AnalyticSpec spec =
        spec(List.of(0), List.of(Ranking.ROW_NUMBER, Ranking.RANK, Ranking.DENSE_RANK), List.of());
    harness(spec)
        .row(1, "a", 1)
        .emits(1, "a", 1, 1, 1, 1)
        .row(1, "a", 2)
        .emits(1, "a", 2, 2, 1, 1)
        .row(1, "b", 3)
        .emits(1, "b", 3, 1, 1, 1)
        .row(4, "a", 4)
        .emits(4, "a", 4, 3, 3, 2)
        .check();
  }

  @Test
  void shouldTakeGreatestTimeSoFarWhenRowsGoBackInTime() {
    AnalyticSpec spec = spec(List.of(), List.of(Ranking.RANK), List.of(frame(false, -2, -1)));
    harness(spec)
        .row(5, "a", 1)
        .emits(5, "a", 1, 1, 0, null)
        .row(3, "b", 2)
        .emits(3, "b", 2, 1, 0, null)
        .row(6, "c", 4)
        .emits(6, "c", 4, 3, 2, 3)
        .row(8, "d", 8)
        .emits(8, "d", 8, 4, 1, 4)
        .check();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness(perHost(frame(true, -1, 0), frame(true, UNBOUNDED, 0), frame(true, -1, -1)))
        .row(1, "a", 600)
        .emits(1, "a", 600, 1, 600, 1, 600, 0, null)
        .row(2, "a", 401)
        .fails("too great")
        .row(3, "b", 2000)
        .fails("too great")
        .row(4, "a", 300)
        .emits(4, "a", 300, 2, 900, 2, 900, 1, 600)
        .row(5, "a", 200)
        .fails("too great")
        .row(6, "a", 100)
        .emits(6, "a", 100, 2, 400, 3, 1000, 1, 300)
        .check();
  }

  @Test
  void shouldLeaveNothingWhenOnlyRowOfPartitionOverflows() {
    harness(perHost(frame(true, UNBOUNDED, 0)))
        .row(1, "a", 2000)
        .fails("too great")
        .row(2, "a", 3000)
        .fails("too great")
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepResultsOfArrivalWhenRowWaits() {
    harness(ofAll(frame(true, UNBOUNDED, 0), frame(true, 1, 1)))
        .row(1, "a", 1)
        .row(2, "b", null)
        .emits(2, "a", 1, 1, 1, 1, null)
        .row(3, "c", 4)
        .emits(3, "b", null, 2, 1, 1, 4)
        .end()
        .emits(3, "c", 4, 3, 5, 0, null)
        .check();
  }

  @Test
  void shouldWaitForTimeOnArrivalTime() {
    harness(ofAll(frame(false, UNBOUNDED, 0)))
        .arrivalTime()
        .row(1, "a", 1)
        .row(1, "b", 2)
        .row(2, "c", 4)
        .emits(1, "a", 1, 2, 3)
        .emits(1, "b", 2, 2, 3)
        .advance(5)
        .emits(2, "c", 4, 3, 7)
        .check();
  }

  @Test
  void shouldWaitForRowsWithValuesWhenFrameCountsThem() {
    harness(perHost(values(2)))
        .row(1, "a", 1)
        .row(2, "b", 10)
        .row(3, "a", null)
        .row(3, "a", 2)
        .row(4, "b", null)
        .row(5, "a", null)
        .row(6, "a", 4)
        .emits(6, "a", 1, 4, 6)
        .emits(6, "a", null, 3, 6)
        .row(6, "b", 20)
        .row(7, "a", 8)
        .emits(7, "a", 2, 3, 12)
        .emits(7, "a", null, 2, 12)
        .end()
        .emits(7, "b", 10, 2, 20)
        .emits(7, "b", null, 1, 20)
        .emits(7, "a", 4, 1, 8)
        .emits(7, "b", 20, 0, null)
        .emits(7, "a", 8, 0, null)
        .check();
  }

  @Test
  void shouldSendRowsWithWhatThereIsWhenTheyHaveWaitedLongEnough() {
    harness(perHost(values(1)))
        .row(1, "a", 1)
        .row(2, "b", 10)
        .row(2, "a", null)
        .row(2, "b", null)
        .row(5, "a", 2)
        .emits(5, "a", 1, 2, 2)
        .emits(5, "a", null, 1, 2)
        .row(6, "b", null)
        .advance(11)
        .row(12, "c", 7)
        .emits(12, "b", 10, 2, null)
        .emits(12, "b", null, 1, null)
        .row(13, "b", 20)
        .emits(13, "b", null, 1, 20)
        .advance(40)
        .emits(15, "a", 2, 0, null)
        .emits(22, "c", 7, 0, null)
        .emits(23, "b", 20, 0, null)
        .row(41, "a", 3)
        .row(42, "a", 4)
        .emits(42, "a", 3, 1, 4)
        .end()
        .emits(42, "a", 4, 0, null)
        .check();
  }

  @Test
  void shouldWaitForValuesAndForTimeWhenFramesDoBoth() {
    harness(ofAll(values(1), frame(false, 0, 2)))
        .row(1, "a", 1)
        .row(2, "a", 2)
        .row(3, "a", null)
        .row(6, "a", 4)
        .emits(6, "a", 1, 1, 2, 3, 3)
        .emits(6, "a", 2, 2, 4, 2, 2)
        .emits(6, "a", null, 1, 4, 1, null)
        .end()
        .emits(6, "a", 4, 0, null, 1, 4)
        .check();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForRowThatWaitsForTime() {
    SortLimit limit = new SortLimit(2, false);
    OperatorHarness harness =
        harness(limited(limit, frame(false, 0, 5)))
            .row(1, "a", 1)
            .row(2, "b", 2)
            .advance(7)
            .emits(1, "a", 1, 1, 1)
            .row(7, "a", 4);
    harness.check();
    assertThatThrownBy(() -> harness.row(7, "c", 8).check())
        .hasMessageContaining("a frame that ends behind its row takes more than 2 rows at a time");
    harness(limited(limit, frame(true, 0, 1)))
        .row(1, "a", 1)
        .row(1, "b", 2)
        .row(1, "c", 4)
        .row(2, "a", 8)
        .emits(2, "a", 1, 2, 9)
        .check();
    assertThat(limited(limit, frame(false, 0, 5)).describe()).endsWith(", at most 2 rows");
    assertThat(limited(limit, frame(true, 0, 1)).describe()).doesNotContain("at most");
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForRowThatWaitsForValues() {
    OperatorHarness harness =
        harness(limited(new SortLimit(2, false), values(1)))
            .row(1, "a", 1)
            .row(2, "a", 2)
            .emits(2, "a", 1, 1, 2)
            .row(3, "a", 4)
            .emits(3, "a", 2, 1, 4)
            .row(3, "b", null);
    harness.check();
    assertThatThrownBy(() -> harness.row(4, "b", null).check())
        .hasMessageContaining("lead(…) IGNORE NULLS takes more than 2 rows at a time");
  }

  /** More than are in memory where state is in files. */
  @Test
  void shouldSendRowsOfManyPartitionsWhenTimeHasPassedThem() {
    OperatorHarness harness = harness(perHost(frame(true, -1, 0), frame(false, 0, 0)));
    for (int i = 0; i < 40; i++) {
      harness.row(i, "h" + i * 7 % 20, i);
      int due = i - 1;
      if (due >= 20) {
        harness.emits(due, "h" + due * 7 % 20, due, 2, due + (due - 20), 1, due);
      } else if (due >= 0) {
        harness.emits(due, "h" + due * 7 % 20, due, 1, due, 1, due);
      }
    }
    harness.check();
  }

  @Test
  void shouldForgetManyPartitionsWhenTheirTimeIsOver() {
    OperatorHarness harness = harness(perHost(frame(false, -10, -1)));
    for (int i = 0; i < 30; i++) {
      harness.row(100, "h" + i, i).emits(100, "h" + i, i, 0, null);
    }
    harness.row(105, "h" + 7, 1).emits(105, "h" + 7, 1, 1, 7);
    harness.advance(200).checkLeavesNothing();
  }

  private static FramedAggregates values(long count) {
    return new FramedAggregates(
        new FrameBounds(FrameUnit.VALUES, 1, count), List.of(1), HandWrittenKernels.countAndSum());
  }

  private static FramedAggregates frame(boolean isRows, long start, long end) {
    FrameBounds bounds = new FrameBounds(isRows, start, end);
    AggregateProgram program =
        switch (FramedAggregates.updates(bounds)) {
          case PARTIAL -> HandWrittenKernels.mergingCountAndSum();
          default -> HandWrittenKernels.countAndSum();
        };
    return new FramedAggregates(bounds, List.of(1), program);
  }

  private static AnalyticSpec perHost(FramedAggregates... frames) {
    return spec(List.of(0), List.of(), List.of(frames));
  }

  private static AnalyticSpec ofAll(FramedAggregates... frames) {
    return spec(List.of(), List.of(), List.of(frames));
  }

  private static AnalyticSpec spec(
      List<Integer> partition, List<Ranking> rankings, List<FramedAggregates> frames) {
    List<Field> fields = new ArrayList<>(ROWS.fields());
    rankings.forEach(r -> fields.add(new Field(r.name(), DataType.BIGINT)));
    for (int i = 0; i < frames.size(); i++) {
      fields.add(new Field("count" + i, DataType.BIGINT));
      fields.add(new Field("sum" + i, DataType.BIGINT));
    }
    return new AnalyticSpec(ROWS, 2, partition, rankings, frames, TTL, new Schema(fields));
  }

  private static AnalyticSpec limited(SortLimit limit, FramedAggregates frame) {
    AnalyticSpec spec = perHost(frame);
    return new AnalyticSpec(
        ROWS, 2, spec.partition(), List.of(), spec.frames(), TTL, limit, spec.output());
  }

  private static OperatorHarness harness(AnalyticSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
