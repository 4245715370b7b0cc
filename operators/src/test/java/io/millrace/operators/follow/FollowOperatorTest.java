package io.millrace.operators.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema OTHERS = Schema.of(new Field("n", DataType.BIGINT));

  @Test
  void shouldPassTheRowsOfTheFirstInputOnlyAsTheyAre() {
    FollowSpec spec = new FollowSpec(ROWS, List.of("A", "B"), 0);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .input(OTHERS)
        .eventTime(0)
        .row(100, "a", 1)
        .emits(100, "a", 1)
        .rowOf(1, 200, 7)
        .row(90, "late", null)
        .emits(90, "late", null)
        .rowOf(1, 300, 8)
        .row(110, "b", 2)
        .emits(110, "b", 2)
        .check();
  }

  @Test
  void shouldSayWhomItFollowsAndHowFarBehind() {
    assertThat(new FollowSpec(ROWS, List.of("A", "B", "C"), 0).describe())
        .isEqualTo("Follow B, C while A is silent");
    assertThat(new FollowSpec(ROWS, List.of("A", "B"), 2000).describe())
        .isEqualTo("Follow B while A is silent, 2000 ms behind");
  }
}
