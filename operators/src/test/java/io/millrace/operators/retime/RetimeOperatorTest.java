package io.millrace.operators.retime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class RetimeOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("at", DataType.TIMESTAMP));
  private static final long SLACK = 50;

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
    assertThat(new RetimeSpec(ROWS, 1, 0).describe()).isEqualTo("Time from at");
    assertThat(new RetimeSpec(ROWS, 1, SLACK).describe())
        .isEqualTo("Time from at, watermark 50 ms behind");
  }

  private static OperatorHarness harness() {
    RetimeSpec spec = new RetimeSpec(ROWS, 1, SLACK);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .retimes(spec.lagMillis());
  }
}
