package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.IntervalLimitSpec.Kind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalLimitOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldPassFirstRowOfEachGroupAndIntervalWhenItComes() {
    harness(spec(Kind.FIRST, 0), 0)
        .row(1, "a", 1)
        .emits(1, "a", 1)
        .row(2, "a", 2)
        .row(3, null, 3)
        .emits(3, null, 3)
        .row(9, null, 4)
        .row(10, "a", 5)
        .emits(10, "a", 5)
        .row(25, "a", 6)
        .emits(25, "a", 6)
        .advance(30)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendLastRowOfEachGroupWhenTheIntervalEnds() {
    harness(spec(Kind.LAST, 0), 0)
        .row(1, "b", 1)
        .row(2, "a", null)
        .row(3, "b", 3)
        .advance(9)
        .advance(10)
        .emits(10, "b", 3)
        .emits(10, "a", null)
        .row(12, "a", 4)
        .row(47, null, 5)
        .emits(20, "a", 4)
        .end()
        .emits(50, null, 5)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAllRowsInTheOrderOfArrivalWhenTheIntervalEnds() {
    harness(spec(Kind.ALL, 0), 0)
        .row(1, "b", 1)
        .row(5, "a", 2)
        .row(3, "b", null)
        .row(19, "c", 4)
        .emits(10, "b", 1)
        .emits(10, "a", 2)
        .emits(10, "b", null)
        .advance(40)
        .emits(20, "c", 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeOneGroupWhenThereAreNoKeys() {
    harness(new IntervalLimitSpec(Kind.LAST, 10, List.of(), ROWS, SortLimit.NONE), 0)
        .row(1, "b", 1)
        .row(2, "a", 2)
        .advance(10)
        .emits(10, "a", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepIntervalsApartWhenRowsAreInDisorder() {
    harness(spec(Kind.LAST, 0), 5)
        .row(8, "a", 1)
        .row(12, "a", 2)
        .row(9, "a", 3)
        .row(15, "a", 4)
        .emits(10, "a", 3)
        .row(25, "a", 5)
        .emits(20, "a", 4)
        .advance(30)
        .emits(30, "a", 5)
        .checkLeavesNothing();
    harness(spec(Kind.FIRST, 0), 5)
        .row(12, "a", 1)
        .emits(12, "a", 1)
        .row(9, "a", 2)
        .emits(9, "a", 2)
        .row(8, "a", 3)
        .row(14, "a", 4)
        .advance(20)
        .checkLeavesNothing();
  }

  @Test
  void shouldPutRowIntoTheIntervalOfTheWatermarkWhenItsOwnHasEnded() {
    harness(spec(Kind.LAST, 0), 0)
        .row(14, "a", 1)
        .row(2, "b", 2)
        .advance(20)
        .emits(20, "b", 2)
        .emits(20, "a", 1)
        .checkLeavesNothing();
    harness(spec(Kind.ALL, 0), 0)
        .row(14, "a", 1)
        .row(2, "b", 2)
        .advance(20)
        .emits(20, "a", 1)
        .emits(20, "b", 2)
        .checkLeavesNothing();
    harness(spec(Kind.FIRST, 0), 0)
        .row(14, "a", 1)
        .emits(14, "a", 1)
        .row(2, "a", 2)
        .row(3, "b", 3)
        .emits(3, "b", 3)
        .advance(20)
        .checkLeavesNothing();
  }

  @Test
  void shouldCountIntervalsFromTheEpochWhenTimesAreBeforeIt() {
    harness(spec(Kind.LAST, 0), 0)
        .row(-11, "a", 1)
        .row(-10, "a", 2)
        .emits(-10, "a", 1)
        .row(0, "a", 3)
        .emits(0, "a", 2)
        .advance(10)
        .emits(10, "a", 3)
        .checkLeavesNothing();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    SortLimit limit = new SortLimit(2, true).withoutLate();
    IntervalLimitSpec all = new IntervalLimitSpec(Kind.ALL, 10, List.of(), ROWS, limit);

    assertThatThrownBy(() -> harness(all, 0).row(1, "a", 1).row(5, "b", 2).row(9, "c", 3).check())
        .hasMessageContaining("EMIT ALL EVERY takes more than 2 rows at a time")
        .hasMessageEndingWith("raise 'sort.max.rows'");
    harness(all, 0)
        .row(1, "a", 1)
        .row(5, "b", 2)
        .advance(10)
        .emits(10, "a", 1)
        .emits(10, "b", 2)
        .row(10, "c", 3)
        .row(11, "d", 4)
        .end()
        .emits(20, "c", 3)
        .emits(20, "d", 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameKindAndGroupsInDescription() {
    assertThat(spec(Kind.LAST, 0).describe()).isEqualTo("Limit to last every 10 ms per name");
    assertThat(new IntervalLimitSpec(Kind.ALL, 10, List.of(), ROWS, SortLimit.NONE).describe())
        .isEqualTo("Limit to all every 10 ms");
    SortLimit limit = new SortLimit(5, true).withoutLate();
    assertThat(new IntervalLimitSpec(Kind.ALL, 10, List.of(), ROWS, limit).describe())
        .isEqualTo("Limit to all every 10 ms, at most 5 rows");
  }

  private static IntervalLimitSpec spec(Kind kind, int key) {
    return new IntervalLimitSpec(kind, 10, List.of(key), ROWS, SortLimit.NONE);
  }

  private static OperatorHarness harness(IntervalLimitSpec spec, long slackMillis) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(slackMillis);
  }
}
