package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTimesTest {
  @Test
  void shouldFindTimesFromWhichNoLengthCanBeTaken() {
    long[] in = {RowTimes.FIRST, -1, 0, 1, RowTimes.LAST};
    long[] out = {Timeline.NEVER, RowTimes.FIRST - 1, RowTimes.LAST + 1, Timeline.END};
    for (long time : in) {
      assertThat(RowTimes.isInRange(time)).isTrue();
    }
    assertThat(RowTimes.areInRange(in, in.length)).isTrue();
    for (long time : out) {
      assertThat(RowTimes.isInRange(time)).isFalse();
      long[] one = {5, time, 7};
      assertThat(RowTimes.areInRange(one, 3)).isFalse();
      assertThat(RowTimes.areInRange(one, 1)).isTrue();
    }
  }
}
