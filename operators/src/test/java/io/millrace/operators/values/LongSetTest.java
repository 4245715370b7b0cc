package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
  @Test
  void shouldHoldWhatAHashSetHolds() {
    Random random = new Random(3);
    for (int size = 0; size < 200; size++) {
      Set<Long> expected = new HashSet<>();
      for (int i = 0; i < size; i++) {
        expected.add(i % 2 == 0 ? random.nextInt(300) : random.nextLong());
      }
      LongSet set = LongSet.of(expected.stream().mapToLong(Long::longValue).toArray());
      assertThat(expected).allMatch(set::contains);
      for (long value = -10; value < 310; value++) {
        assertThat(set.contains(value)).isEqualTo(expected.contains(value));
      }
    }
  }

  @Test
  void shouldTakeEqualValuesOnce() {
    LongSet set = LongSet.of(5, 5, 5, 0, 0);

    assertThat(set.contains(5)).isTrue();
    assertThat(set.contains(0)).isTrue();
    assertThat(set.contains(1)).isFalse();
  }
}
