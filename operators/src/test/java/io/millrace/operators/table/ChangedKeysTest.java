package io.millrace.operators.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedKeysTest {
  /** Few hashes have many keys each, some of which stand where others belong. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100, 1_000_000})
  void shouldNumberKeysInTheOrderInWhichTheyComeAndForgetThem(int hashes) {
    Random random = new Random(hashes);
    ChangedKeys keys = new ChangedKeys();
    for (int most : new int[] {3, 40, 5, 3_000, 2, 900}) {
      List<Integer> came = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        int key = random.nextInt(most);
        int known = came.indexOf(key);
        int number = keys.number(key % hashes * 16, it -> came.get(it) == key);

        assertThat(number).isEqualTo(known >= 0 ? known : came.size());
        if (known < 0) {
          came.add(key);
        }
        assertThat(keys.count()).isEqualTo(came.size());
      }
      keys.clear();
      assertThat(keys.count()).isZero();
    }
  }
}
