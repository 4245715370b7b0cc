package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.state.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonotonicDequeTest {
  private static <V> V restored(StateCodec<V> codec, V value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return codec.read(
        codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, 100_000})
  void shouldGiveMinimumOfQueue(int range) throws IOException {
    Random random = new Random(range);
    Deque<Long> queue = new ArrayDeque<>();
    MonotonicDeque deque = new MonotonicDeque();
    for (int step = 0; step < 3000; step++) {
      if (!queue.isEmpty() && random.nextInt(5) < step / 1000 + 1) {
        deque.remove(queue.removeFirst());
      } else {
        long value = (long) random.nextInt(range) - range / 2;
        queue.addLast(value);
        deque.add(value);
      }
      if (random.nextInt(100) == 0) {
        deque = restored(MonotonicDeque.CODEC, deque);
      }
      assertThat(deque.isEmpty()).isEqualTo(queue.isEmpty());
      if (!queue.isEmpty()) {
        assertThat(deque.first()).isEqualTo(Collections.min(queue));
      }
    }
  }

  @Test
  void shouldHoldOnlyValuesThatMayBecomeTheMinimum() {
    MonotonicDeque deque = new MonotonicDeque();
    for (long value = 100; value > 0; value--) {
      deque.add(value);
    }

    assertThat(deque.size()).isEqualTo(1);
  }
}
