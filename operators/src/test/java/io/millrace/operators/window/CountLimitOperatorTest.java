package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountLimitOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldBeginAnewWhenCountHasExpired() {
    harness(new CountLimitSpec(false, 3, List.of(0), ROWS, 10))
        .row(1, "a", 1)
        .emits(1, "a", 1)
        .row(5, "a", 2)
        .advance(15)
        .row(20, "a", 3)
        .emits(20, "a", 3)
        .row(21, "a", 4)
        .advance(40)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassFirstOfEveryThreeRowsOfAGroup() {
    harness(new CountLimitSpec(false, 3, List.of(0), ROWS, 0))
        .row(1, "a", 1)
        .emits(1, "a", 1)
        .row(2, "a", 2)
        .row(3, null, 3)
        .emits(3, null, 3)
        .row(4, "a", 4)
        .row(5, "a", 5)
        .emits(5, "a", 5)
        .row(6, null, 6)
        .row(7, null, 7)
        .row(8, "a", 8)
        .row(9, "a", 9)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassLastOfEveryTwoRowsOfAGroup() {
    harness(new CountLimitSpec(true, 2, List.of(0), ROWS, 0))
        .row(1, "a", 1)
        .row(2, "b", 2)
        .row(1, "b", null)
        .emits(1, "b", null)
        .row(4, "a", 4)
        .emits(4, "a", 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassEachRowWhenEveryRowIsCounted() {
    harness(new CountLimitSpec(true, 1, List.of(), ROWS, 0))
        .row(1, "a", 1)
        .emits(1, "a", 1)
        .row(2, "b", 2)
        .emits(2, "b", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAllRowsOfAGroupWithTheTimeOfTheLastOfThem() {
    harness(new CountBatchSpec(3, List.of(0), ROWS))
        .row(1, "a", 1)
        .row(2, "b", 2)
        .row(3, "a", null)
        .row(5, "b", 4)
        .row(4, "b", 5)
        .emits(4, "b", 2)
        .emits(4, "b", 4)
        .emits(4, "b", 5)
        .row(9, "a", 6)
        .emits(9, "a", 1)
        .emits(9, "a", null)
        .emits(9, "a", 6)
        .checkLeavesNothing();
  }

  @Test
  void shouldHoldRowsOfAllGroupsTogetherWhenThereAreNoKeys() {
    harness(new CountBatchSpec(2, List.of(), ROWS))
        .row(1, "a", 1)
        .row(2, "b", 2)
        .emits(2, "a", 1)
        .emits(2, "b", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameKindAndGroupsInDescription() {
    assertThat(new CountLimitSpec(true, 5, List.of(0), ROWS, 0).describe())
        .isEqualTo("Limit to last every 5 rows per name");
    assertThat(new CountBatchSpec(5, List.of(), ROWS).describe())
        .isEqualTo("Limit to all every 5 rows");
  }

  private static OperatorHarness harness(OperatorSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
