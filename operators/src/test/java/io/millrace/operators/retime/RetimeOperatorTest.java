package io.millrace.operators.retime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetimeOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("at", DataType.TIMESTAMP));
  private static final Slack SLACK = new Slack.Fixed(50);
  private static final Slack ADAPTIVE = new Slack.Adaptive(3_000);
  private static final Slack QUALITY = new Slack.Quality(0.75, Long.MAX_VALUE);

  @Test
  void shouldGiveRowsTheTimesOfTheirColumn() {
    harness()
        .row(100, "a", 5_000)
        .emits(5_000, "a", 5_000)
        .row(110, "b", 7_000)
        .emits(7_000, "b", 7_000)
        .row(105, "c", 6_000)
        .emits(6_000, "c", 6_000)
        .filteredRow(0, 120)
        .end()
        .check();
  }

  @Test
  void shouldTakeRowsOnArrivalTime() {
    harness()
        .arrivalTime()
        .row(100, "a", 5_000)
        .emits(5_000, "a", 5_000)
        .row(100, "b", 4_000)
        .emits(4_000, "b", 4_000)
        .check();
  }

  @ParameterizedTest
  @MethodSource("measuredSlacks")
  void shouldKeepWhatItHasMeasured(Slack slack) {
    harness(slack)
        .row(100, "a", 5_000)
        .emits(5_000, "a", 5_000)
        .row(110, "b", 3_500)
        .emits(3_500, "b", 3_500)
        .row(120, "c", 7_000)
        .emits(7_000, "c", 7_000)
        .row(130, "d", 2_000)
        .emits(2_000, "d", 2_000)
        .end()
        .check();
  }

  static Stream<Slack> measuredSlacks() {
    return Stream.of(ADAPTIVE, QUALITY);
  }

  @Test
  void shouldFailRowWithoutTime() {
    harness()
        .row(100, "a", null)
        .fails("the time column 'at' is NULL")
        .row(110, "b", 7_000)
        .emits(7_000, "b", 7_000)
        .check();
  }

  @Test
  void shouldFailRowWhoseTimeIsOutOfRange() {
    harness()
        .row(100, "a", RowTimes.LAST + 1)
        .fails("the time column 'at' " + RowTimes.problem(RowTimes.LAST + 1))
        .row(105, "b", Timeline.END)
        .fails("the time column 'at' " + RowTimes.problem(Timeline.END))
        .row(110, "c", 7_000)
        .emits(7_000, "c", 7_000)
        .check();
  }

  @Test
  void shouldSayWhereTheTimeComesFrom() {
    assertThat(new RetimeSpec(ROWS, 1, Slack.NONE).describe()).isEqualTo("Time from at");
    assertThat(new RetimeSpec(ROWS, 1, SLACK).describe())
        .isEqualTo("Time from at, watermark 50 ms behind");
    assertThat(new RetimeSpec(ROWS, 1, ADAPTIVE).describe())
        .isEqualTo("Time from at, watermark behind by the latest rows, at most 3000 ms");
    assertThat(new RetimeSpec(ROWS, 1, QUALITY).describe())
        .isEqualTo("Time from at, watermark behind by 0.75 of the latest rows");
  }

  private static OperatorHarness harness() {
    return harness(SLACK);
  }

  private static OperatorHarness harness(Slack slack) {
    RetimeSpec spec = new RetimeSpec(ROWS, 1, slack);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .retimes(slack);
  }
}
