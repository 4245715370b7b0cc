package io.millrace.operators.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FrameBoundsTest {
  @Test
  void shouldNameMillisecondsOnlyWhereDistancesAreOfTime() {
    FrameBounds range = new FrameBounds(false, -2, 7);

    assertThat(range.describe(true)).isEqualTo("RANGE from 2 ms before to 7 ms behind");
    assertThat(range.describe(false)).isEqualTo("RANGE from 2 before to 7 behind");
    assertThat(new FrameBounds(true, -2, 0).describe(true))
        .isEqualTo("ROWS from 2 before to its own");
    assertThat(
            new FrameBounds(true, FrameBounds.UNBOUNDED, FrameBounds.UNBOUNDED_END).describe(true))
        .isEqualTo("ROWS from the first to the last");
  }

  @Test
  void shouldEndBehindTheGreatestTimeWhereThereIsNoSuchTime() {
    FrameBounds following = new FrameBounds(false, 1, 2);
    FrameBounds preceding = new FrameBounds(false, -2, -1);

    assertThat(following.isBefore(Long.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    assertThat(following.isBehind(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    assertThat(following.isBefore(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isFalse();
    assertThat(preceding.isBehind(Long.MIN_VALUE, Long.MIN_VALUE)).isTrue();
    assertThat(preceding.isBefore(Long.MIN_VALUE, Long.MIN_VALUE)).isFalse();
  }
}
