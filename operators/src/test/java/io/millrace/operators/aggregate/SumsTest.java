package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumsTest {
  @Test
  void shouldAddAndTakeBackLongsExactly() {
    Random random = new Random(5);
    BigInteger exact = BigInteger.ZERO;
    long high = 0;
    long low = 0;
    for (int step = 0; step < 10_000; step++) {
      long value = step % 3 == 0 ? Long.MAX_VALUE - random.nextInt(3) : random.nextLong();
      boolean isAdded = random.nextInt(3) > 0;
      high =
          isAdded
              ? WideSums.highOfSum(high, low, value)
              : WideSums.highOfDifference(high, low, value);
      low = isAdded ? low + value : low - value;
      BigInteger change = BigInteger.valueOf(value);
      exact = isAdded ? exact.add(change) : exact.subtract(change);
      assertThat(WideSums.isLong(high, low)).isEqualTo(exact.bitLength() < Long.SIZE);
      double mean =
          new BigDecimal(exact)
              .divide(BigDecimal.valueOf(step + 1), 20, RoundingMode.HALF_UP)
              .doubleValue();
      assertThat(WideSums.mean(high, low, step + 1))
          .isCloseTo(mean, within(Math.abs(mean) * 1e-15));
    }
  }

  @Test
  void shouldRoundMeansHalfAwayFromZero() {
    assertThat(WideSums.roundedMean(0, 7, 2)).isEqualTo(4);
    assertThat(WideSums.roundedMean(-1, -7, 2)).isEqualTo(-4);
    assertThat(WideSums.roundedMean(0, -2, 2)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldTellWhenDecimalsDoNotFit() {
    BigDecimal greatest = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);

    assertThat(DecimalSums.fits(null, greatest)).isTrue();
    assertThat(DecimalSums.fits(greatest, BigDecimal.ZERO)).isTrue();
    assertThat(DecimalSums.fits(greatest, BigDecimal.ONE)).isFalse();
    assertThat(DecimalSums.mean(new BigDecimal("1.00"), 3, 6))
        .isEqualTo(new BigDecimal("0.333333"));
  }

  @Test
  void shouldSumExtremesApart() {
    ExtremeDoubles extremes = new ExtremeDoubles();
    extremes.add(Double.MAX_VALUE);
    extremes.add(Double.MAX_VALUE);
    assertThat(ExtremeDoubles.sum(1, extremes)).isEqualTo(Double.POSITIVE_INFINITY);
    extremes.remove(Double.MAX_VALUE);
    assertThat(ExtremeDoubles.sum(1, extremes)).isEqualTo(Double.MAX_VALUE);
    extremes.add(Double.NEGATIVE_INFINITY);
    assertThat(ExtremeDoubles.sum(1, extremes)).isEqualTo(Double.NEGATIVE_INFINITY);
    extremes.add(Double.POSITIVE_INFINITY);
    assertThat(ExtremeDoubles.sum(1, extremes)).isNaN();
    extremes.remove(Double.NEGATIVE_INFINITY);
    extremes.remove(Double.POSITIVE_INFINITY);
    extremes.remove(Double.MAX_VALUE);
    assertThat(ExtremeDoubles.sum(1, extremes)).isEqualTo(1);
    assertThat(ExtremeDoubles.sum(2, null)).isEqualTo(2);
  }
}
