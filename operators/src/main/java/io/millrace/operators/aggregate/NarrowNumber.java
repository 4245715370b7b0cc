package io.millrace.operators.aggregate;

import java.math.BigInteger;

/**
 * A sum of numbers of few bits without rounding, as {@code units * 2^exponent} in a long: of whole
 * numbers, or of such as are measured in halves or sixty-fourths, and of their products. What the
 * numbers are multiples of shows as they come; the exponent falls with them, and is never above 0.
 */
final class NarrowNumber {
  private static final int MOST_BITS = 61;
  private static final long MOST = 1L << MOST_BITS;

  /** Products of two factors below it are below {@link #MOST}. */
  private static final long MOST_OF_FACTOR = 1L << 30;

  /** A double of so many bits is a whole number of units, or none at all. */
  private static final long MOST_EXACT = 1L << 53;

  private static final int LEAST_EXPONENT = -200;

  /**
   * A number to which this is added has no bits below 1, and stands in the lower ones of the sum:
   * quicker than a conversion and back, which waits for others. Of numbers below {@link
   * #MOST_AT_ONCE}; of others those bits say that they are not.
   */
  private static final double TO_WHOLE = 0x1.8p52;

  private static final long BITS_OF_TO_WHOLE = Double.doubleToRawLongBits(TO_WHOLE);
  private static final long MOST_AT_ONCE = 1L << 51;

  private long units;
  private int exponent;

  /** {@code 2^exponent}. */
  private double unit = 1;

  /** {@code 2^-exponent}. */
  private double scale = 1;

  /** {@code 2^(-exponent / 2)}; NaN if there is none. */
  private double scaleOfFactors = 1;

  long units() {
    return units;
  }

  int exponent() {
    return exponent;
  }

  /**
   * Adds a number.
   *
   * @return false if it does not fit, or is not finite; the sum is as before then
   */
  boolean add(double value) {
    double scaled = value * scale;
    double moved = scaled + TO_WHOLE;
    long more = wholeOf(moved);
    boolean fits = moved - TO_WHOLE == scaled && isBelow(more, MOST_AT_ONCE);
    return fits ? addUnits(more) : addFiner(value);
  }

  /** Adds the product of two numbers; fails as {@link #add(double)} does. */
  boolean addProduct(double x, double y) {
    double scaledX = x * scaleOfFactors;
    double scaledY = y * scaleOfFactors;
    double movedX = scaledX + TO_WHOLE;
    double movedY = scaledY + TO_WHOLE;
    long first = wholeOf(movedX);
    long second = wholeOf(movedY);
    boolean fit =
        movedX - TO_WHOLE == scaledX
            && movedY - TO_WHOLE == scaledY
            && isBelow(first, MOST_OF_FACTOR)
            && isBelow(second, MOST_OF_FACTOR);
    return fit ? addUnits(first * second) : addFinerProduct(x, y);
  }

  /** Adds a whole number; fails as {@link #add(double)} does. */
  boolean add(long value) {
    return exponent == 0 && isBelow(value, MOST) && addUnits(value);
  }

  /** Adds the product of two whole numbers; fails as {@link #add(double)} does. */
  boolean addProduct(long x, long y) {
    return exponent == 0
        && isBelow(x, MOST_OF_FACTOR)
        && isBelow(y, MOST_OF_FACTOR)
        && addUnits(x * y);
  }

  /** Adds a sum; fails as {@link #add(double)} does. */
  boolean add(NarrowNumber other) {
    if (exponent > other.exponent && !lower(other.exponent)) {
      return false;
    }
    int shift = other.exponent - exponent;
    return fits(other.units, shift) && addUnits(other.units << shift);
  }

  private static long wholeOf(double moved) {
    return Double.doubleToRawLongBits(moved) - BITS_OF_TO_WHOLE;
  }

  private boolean addUnits(long more) {
    long sum = units + more;
    if (!isBelow(sum, MOST)) {
      return false;
    }
    units = sum;
    return true;
  }

  /** Whether a number is at least {@code -limit} and below {@code limit}, a power of two. */
  private static boolean isBelow(long number, long limit) {
    return (number + limit & -2 * limit) == 0;
  }

  private boolean addFiner(double value) {
    return Math.abs(value) < MOST_EXACT
        && lower(lowestBit(value))
        && value * scale < MOST
        && value * scale >= -MOST
        && addUnits((long) (value * scale));
  }

  private boolean addFinerProduct(double x, double y) {
    if (!(Math.abs(x) < MOST_EXACT && Math.abs(y) < MOST_EXACT)
        || !lower(2 * Math.min(exponent >> 1, Math.min(lowestBit(x), lowestBit(y))))) {
      return false;
    }
    double scaledX = x * scaleOfFactors;
    double scaledY = y * scaleOfFactors;
    return Math.abs(scaledX) < MOST_OF_FACTOR
        && Math.abs(scaledY) < MOST_OF_FACTOR
        && addUnits(((long) scaledX) * ((long) scaledY));
  }

  /** The exponent of the last bit of a finite number, 0 at most. */
  private static int lowestBit(double value) {
    return value == 0
        ? 0
        : Math.min(
            0,
            ExactNumber.exponentOf(value) + Long.numberOfTrailingZeros(ExactNumber.unitsOf(value)));
  }

  /** Lowers the exponent, if it is above that; false if units would not fit. */
  private boolean lower(int to) {
    if (to >= exponent) {
      return true;
    }
    if (to < LEAST_EXPONENT || !fits(units, exponent - to)) {
      return false;
    }
    units <<= exponent - to;
    set(to);
    return true;
  }

  private void set(int to) {
    exponent = to;
    unit = Math.scalb(1.0, to);
    scale = Math.scalb(1.0, -to);
    scaleOfFactors = (to & 1) == 0 ? Math.scalb(1.0, -to / 2) : Double.NaN;
  }

  private static boolean fits(long number, int shift) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(number));
    return bits + shift < MOST_BITS;
  }

  /**
   * Becomes a number.
   *
   * @return false if it does not fit; this one is as before then
   */
  boolean set(ExactNumber number) {
    int shift = Math.max(0, number.exponent());
    if (number.exponent() < LEAST_EXPONENT || number.units().bitLength() + shift >= MOST_BITS) {
      return false;
    }
    units = number.units().longValue() << shift;
    set(number.exponent() - shift);
    return true;
  }

  ExactNumber toExact() {
    return new ExactNumber(BigInteger.valueOf(units), exponent);
  }

  /** The number as two doubles, without any error. */
  Twofold toTwofold() {
    return Twofold.of(units, exponent);
  }

  /**
   * The nearest double to {@code (count xy - x y) / divisor}, where the difference is a double by
   * itself; NaN if it is not.
   *
   * @param divisor positive
   */
  static double quotient(
      NarrowNumber x, NarrowNumber y, NarrowNumber xy, long count, double divisor) {
    long least = count * xy.units;
    long taken = x.units * y.units;
    long high = Math.multiplyHigh(count, xy.units) - Math.multiplyHigh(x.units, y.units);
    long low = least - taken;
    if (Long.compareUnsigned(least, taken) < 0) {
      high--;
    }
    return high == low >> (Long.SIZE - 1)
            && isBelow(low, MOST_EXACT)
            && xy.exponent == x.exponent + y.exponent
        ? low / divisor * xy.unit
        : Double.NaN;
  }
}
