package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
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

  @Test
  void shouldGiveExtremesOfObjects() throws IOException {
    Random random = new Random(11);
    Deque<String> queue = new ArrayDeque<>();
    ObjectMonotonicDeque least = new ObjectMonotonicDeque();
    ObjectMonotonicDeque greatest = new ObjectMonotonicDeque();
    ObjectMonotonicDequeCodec codec = ObjectMonotonicDequeCodec.of(DataType.STRING);
    for (int step = 0; step < 2000; step++) {
      if (!queue.isEmpty() && random.nextInt(5) < 2) {
        least.remove(queue.getFirst());
        greatest.remove(queue.removeFirst());
      } else {
        String value = Integer.toString(random.nextInt(50));
        queue.addLast(value);
        least.addForMinimum(value);
        greatest.addForMaximum(value);
      }
      least = restored(codec, least);
      if (!queue.isEmpty()) {
        assertThat(least.first()).isEqualTo(Collections.min(queue));
        assertThat(greatest.first()).isEqualTo(Collections.max(queue));
      }
    }
  }

  @Test
  void shouldRestoreDecimalsAndBytesOfTheirTypes() throws IOException {
    ObjectMonotonicDeque decimals = new ObjectMonotonicDeque();
    decimals.addForMinimum(new BigDecimal("-12.50"));
    ObjectMonotonicDeque bytes = new ObjectMonotonicDeque();
    bytes.addForMinimum(Bytes.copyOf(new byte[] {1, -1}));

    assertThat(restored(ObjectMonotonicDequeCodec.of(DataType.decimal(10, 2)), decimals).first())
        .isEqualTo(new BigDecimal("-12.50"));
    assertThat(restored(ObjectMonotonicDequeCodec.of(DataType.BYTES), bytes).first())
        .isEqualTo(Bytes.copyOf(new byte[] {1, -1}));
    assertThatThrownBy(() -> ObjectMonotonicDequeCodec.of(DataType.array(DataType.INT)))
        .hasMessageContaining("ARRAY<INT>");
  }
}
