package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.types.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankedNumbersTest {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private static RankedNumbers of(Object... numbers) {
    RankedNumbers ranked = new RankedNumbers();
    Stream.of(numbers).forEach(ranked::add);
    return ranked;
  }

  @Test
  void shouldInterpolateExactlyWhenARankIsBetweenTwoNumbers() {
    assertThat(of(1L, 2L, 4L).percentile(HALF)).isEqualTo(2);
    assertThat(of(1L, 2L).percentile(HALF)).isEqualTo(1.5);
    assertThat(of(1L, 2L, 3L, 4L, 5L).percentile(new BigDecimal("0.9"))).isEqualTo(4.6);
    assertThat(of(Long.MAX_VALUE, Long.MAX_VALUE - 2).percentile(HALF)).isEqualTo(0x1p63);
    assertThat(of(-Double.MAX_VALUE, Double.MAX_VALUE).percentile(HALF)).isEqualTo(0);
    assertThat(of(new BigDecimal("1.10"), new BigDecimal("1.21")).percentile(HALF, 2))
        .isEqualTo("1.16");
  }

  @Test
  void shouldGiveTheEndsWhenTheFractionIsZeroOrOne() {
    RankedNumbers numbers = of(3.5, 1.5, 2.5);
    assertThat(numbers.percentile(BigDecimal.ZERO)).isEqualTo(1.5);
    assertThat(numbers.percentile(BigDecimal.ONE)).isEqualTo(3.5);
  }

  @Test
  void shouldOrderInfinitiesAndNanAtTheEnds() {
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(of(infinite, 1.0, Double.NaN).percentile(HALF)).isEqualTo(infinite);
    assertThat(of(infinite, 1.0).percentile(HALF)).isEqualTo(infinite);
    assertThat(of(infinite, infinite).percentile(HALF)).isEqualTo(infinite);
    assertThat(of(infinite, -infinite).percentile(HALF)).isNaN();
    assertThat(of(Double.NaN, 1.0).percentile(HALF)).isNaN();
  }

  @Test
  void shouldAgreeWithSortingWhenNumbersComeAndGo() throws IOException {
    Random random = new Random(5);
    RankedNumbers ranked = new RankedNumbers();
    List<Long> all = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      if (!all.isEmpty() && random.nextInt(10) < 3 + step / 500) {
        ranked.remove(all.remove(random.nextInt(all.size())));
      } else {
        all.add((long) random.nextInt(200));
        ranked.add(all.get(all.size() - 1));
      }
      if (step % 100 == 0) {
        ranked = restored(ranked);
      }
      if (!all.isEmpty()) {
        List<Long> sorted = all.stream().sorted().toList();
        BigDecimal last = BigDecimal.valueOf(sorted.size() - 1L);
        int rank = random.nextInt(sorted.size());
        BigDecimal fraction =
            last.signum() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(rank).divide(last, 30, java.math.RoundingMode.HALF_UP);
        assertThat(ranked.percentile(fraction)).isEqualTo((double) sorted.get(rank));
        assertThat(ranked.distinct()).isEqualTo((int) sorted.stream().distinct().count());
      }
    }
  }

  private static RankedNumbers restored(RankedNumbers numbers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RankedNumbers.codec(DataType.BIGINT).write(numbers, new DataOutputStream(bytes));
    return RankedNumbers.codec(DataType.BIGINT)
        .read(1, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
