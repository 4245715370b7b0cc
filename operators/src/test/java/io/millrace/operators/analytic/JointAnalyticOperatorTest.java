package io.millrace.operators.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JointAnalyticOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("kind", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final long TTL = 10;

  @Test
  void shouldSendRowWhenAllPartsHaveWhatTheyWaitFor() {
    harness(part(List.of(0), following(1)), part(List.of(1), following(1)))
        .row(1, "a", "x", 1)
        .row(2, "a", "y", 2)
        .row(3, "b", "x", 4)
        .emits(3, "a", "x", 1, 1, 2, 1, 4)
        .row(4, "b", "y", 8)
        .row(5, "a", "y", 16)
        .emits(5, "a", "y", 2, 1, 16, 1, 8)
        .row(6, "b", "y", 32)
        .emits(6, "b", "y", 8, 1, 32, 1, 16)
        .end()
        .emits(6, "b", "x", 4, 1, 8, 0, null)
        .emits(6, "a", "y", 16, 0, null, 1, 32)
        .emits(6, "b", "y", 32, 0, null, 0, null)
        .check();
  }

  @Test
  void shouldSendRowsInTheirOrderWhenOneCompletesSeveral() {
    harness(part(List.of(), following(2)), part(List.of(1), following(1)))
        .row(1, "a", "x", 1)
        .row(2, "a", "y", 2)
        .row(3, "a", "y", 4)
        .row(4, "a", "x", 8)
        .emits(4, "a", "x", 1, 1, 4, 1, 8)
        .emits(4, "a", "y", 2, 1, 8, 1, 4)
        .check();
  }

  @Test
  void shouldGoOnWaitingInOnePartWhenTheLimitOfAnotherIsOver() {
    harness(part(List.of(0), values(1)), part(List.of(1), following(1)))
        .row(1, "a", "x", 1)
        .row(3, "b", "y", 2)
        .row(4, "a", "y", null)
        .row(12, "b", "z", 4)
        .emits(12, "b", "y", 2, 1, 4, 1, null)
        .row(13, "a", "x", 8)
        .emits(13, "a", "x", 1, 1, null, 1, 8)
        .advance(30)
        .row(31, "c", "y", null)
        .emits(31, "a", "y", null, 1, 8, 1, null)
        .check();
  }

  /** More than are in memory where state is in files. */
  @Test
  void shouldHoldRowsOfManyPartitions() {
    OperatorHarness harness =
        harness(part(List.of(0), following(1)), part(List.of(1), following(1)));
    for (int i = 0; i < 30; i++) {
      harness.row(i, "h" + i % 12, "k" + i % 5, i);
      int sent = i - 12;
      if (sent >= 0) {
        harness.emits(i, "h" + sent % 12, "k" + sent % 5, sent, 1, sent + 12, 1, sent + 5);
      }
    }
    harness.check();
  }

  @Test
  void shouldSpreadByColumnsThatAllPartitionsHave() {
    JointAnalyticSpec both =
        spec(part(List.of(0), following(1)), part(List.of(1, 0), following(1)));
    JointAnalyticSpec none = spec(part(List.of(0), following(1)), part(List.of(1), following(1)));
    assertThat(both.distribution())
        .isInstanceOfSatisfying(
            Distribution.Keyed.class, keyed -> assertThat(keyed.keys()).containsExactly(0));
    assertThat(none.distribution()).isEqualTo(Distribution.WHOLE);
  }

  @Test
  void shouldTakeOnlyPartsThatWaitForRows() {
    AnalyticSpec own = part(List.of(0), frame(new FrameBounds(true, -1, 0)));
    assertThatThrownBy(() -> spec(own)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForRowThatWaitsForValues() {
    SortLimit limit = new SortLimit(2, false);
    OperatorHarness harness =
        harness(
                limited(limit, part(List.of(0), following(1))),
                limited(limit, part(List.of(1), values(1))))
            .row(1, "a", "x", 1)
            .row(2, "a", "x", 2)
            .emits(2, "a", "x", 1, 1, 2, 1, 2)
            .row(3, "b", "y", null);
    harness.check();
    assertThatThrownBy(() -> harness.row(4, "b", "y", null).check())
        .hasMessageContaining("lead(…) IGNORE NULLS takes more than 2 rows at a time");
  }

  private static AnalyticSpec limited(SortLimit limit, AnalyticSpec spec) {
    return new AnalyticSpec(
        ROWS, 0, spec.partition(), List.of(), spec.frames(), TTL, limit, spec.output());
  }

  private static FramedAggregates following(long rows) {
    return frame(new FrameBounds(true, rows, rows));
  }

  private static FramedAggregates values(long count) {
    return frame(new FrameBounds(FrameUnit.VALUES, 1, count));
  }

  private static FramedAggregates frame(FrameBounds bounds) {
    return new FramedAggregates(bounds, List.of(2), HandWrittenKernels.countAndSum());
  }

  private static AnalyticSpec part(List<Integer> partition, FramedAggregates frame) {
    Schema given =
        Schema.of(new Field("count", DataType.BIGINT), new Field("sum", DataType.BIGINT));
    return new AnalyticSpec(ROWS, 0, partition, List.of(), List.of(frame), TTL, given);
  }

  private static JointAnalyticSpec spec(AnalyticSpec... parts) {
    List<Field> fields = new ArrayList<>(ROWS.fields());
    for (int i = 0; i < parts.length; i++) {
      fields.add(new Field("count" + i, DataType.BIGINT));
      fields.add(new Field("sum" + i, DataType.BIGINT));
    }
    return new JointAnalyticSpec(ROWS, ROWS.size(), List.of(parts), new Schema(fields));
  }

  private static OperatorHarness harness(AnalyticSpec... parts) {
    JointAnalyticSpec spec = spec(parts);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
