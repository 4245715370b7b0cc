package io.millrace.operators.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Sums of longs in 128 bits, as a signed high and an unsigned low word. */
public final class WideSums {
  private static final double TWO_TO_64 = 0x1p64;

  private WideSums() {}

  /** The high word of a sum; the low word is {@code low + value}. */
  public static long highOfSum(long high, long low, long value) {
    return high + (value >> 63) + (Long.compareUnsigned(low + value, low) < 0 ? 1 : 0);
  }

  /** The high word of the sum of two sums; the low word is {@code low + otherLow}. */
  public static long highOfSum(long high, long low, long otherHigh, long otherLow) {
    return high + otherHigh + (Long.compareUnsigned(low + otherLow, low) < 0 ? 1 : 0);
  }

  /** The high word of a difference; the low word is {@code low - value}. */
  public static long highOfDifference(long high, long low, long value) {
    return high - (value >> 63) - (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
  }

  /** Whether the sum is in the range of a long. */
  public static boolean isLong(long high, long low) {
    return high == low >> 63;
  }

  /** The mean as the nearest double, or one beside it. */
  public static double mean(long high, long low, long count) {
    if (isLong(high, low)) {
      return (double) low / count;
    }
    double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
    return (high * TWO_TO_64 + unsignedLow) / count;
  }

  /** The mean, rounded half away from zero. */
  public static long roundedMean(long high, long low, long count) {
    BigInteger sum =
        BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
