package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSortTest {
  private final Random random = new Random(38);

  @Test
  void shouldPutRowsInOrderWhateverTheirRunsAre() {
    for (int count = 0; count < 300; count++) {
      int disorder = 1 + random.nextInt(2 * count + 1);
      long[] times = new long[count];
      long[] orders = new long[count];
      for (int i = 0; i < count; i++) {
        times[i] = Long.MAX_VALUE - 2L * count + i - random.nextInt(disorder);
        orders[i] = DisorderedRows.order(random.nextInt(3), random.nextInt(10) * 1_000L + i);
      }

      int[] expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(
                  Comparator.comparingLong((Integer i) -> times[i])
                      .thenComparingLong(i -> orders[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(RowSort.sort(times, orders)).isEqualTo(expected);
    }
  }
}
