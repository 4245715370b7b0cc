package io.millrace.operators.aggregate;

/**
 * A number as a sum of two doubles, the second of at most half a unit in the last place of the
 * first (Dekker, "A floating-point technique for extending the available precision", 1971). The
 * error of each operation is bounded, so that whoever rounds the result can say whether it is
 * certain, and reckon without rounding where it is not (Ziv, "Fast evaluation of elementary
 * mathematical functions with correctly rounded last bit", 1991).
 */
record Twofold(double high, double low) {
  static final Twofold ZERO = new Twofold(0, 0);

  /** What cannot be reckoned with: so is all that is made of it. */
  static final Twofold UNKNOWN = new Twofold(Double.NaN, Double.NaN);

  /**
   * A bound of the relative errors of a conversion and the operations below, with room to spare.
   */
  private static final double ERROR = 0x1p-98;

  /** Between these, neither a product nor its lower half leaves the range of doubles. */
  private static final int MOST_EXPONENT = 250;

  private static final int MANTISSA_BITS = 53;
  private static final int BIAS = 1023;
  private static final long LOWER_HALF = (1L << (Long.SIZE / 2)) - 1;

  /** The number {@code (top.middle.bottom) * 2^scale}, of unsigned limbs, {@code top} not zero. */
  static Twofold ofBits(boolean isNegative, long top, long middle, long bottom, int scale) {
    int zeros = Long.numberOfLeadingZeros(top);
    long first = top << zeros | middle >>> 1 >>> (Long.SIZE - 1 - zeros);
    long second = middle << zeros | bottom >>> 1 >>> (Long.SIZE - 1 - zeros);
    int rest = Long.SIZE - MANTISSA_BITS;
    double high = first >>> rest;
    long below = first << MANTISSA_BITS | second >>> rest;
    double low = below >>> rest;
    int exponent = scale + Long.SIZE - zeros - MANTISSA_BITS + Long.SIZE;
    if (Math.abs(exponent) > MOST_EXPONENT) {
      return UNKNOWN;
    }
    double unit = powerOfTwo(exponent);
    double lowUnit = powerOfTwo(exponent - MANTISSA_BITS);
    return isNegative ? fast(-high * unit, -low * lowUnit) : fast(high * unit, low * lowUnit);
  }

  /** The number {@code units * 2^exponent}, without any error. */
  static Twofold of(long units, int exponent) {
    if (Math.abs(exponent) > MOST_EXPONENT) {
      return UNKNOWN;
    }
    long low = units & LOWER_HALF;
    double unit = powerOfTwo(exponent);
    return fast((units - low) * unit, low * unit);
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + BIAS) << (MANTISSA_BITS - 1));
  }

  private static Twofold fast(double large, double small) {
    double sum = large + small;
    return new Twofold(sum, small - (sum - large));
  }

  Twofold times(Twofold other) {
    double product = high * other.high;
    double lost = Math.fma(high, other.high, -product);
    return fast(product, lost + (high * other.low + low * other.high));
  }

  Twofold times(double factor) {
    double product = high * factor;
    return fast(product, Math.fma(high, factor, -product) + low * factor);
  }

  /**
   * The nearest double to {@code (minuend - subtrahend) / divisor}, where these are results of one
   * operation on conversions; NaN if that is not certain.
   *
   * @param divisor positive
   */
  static double quotientOfDifference(Twofold minuend, Twofold subtrahend, double divisor) {
    double difference = minuend.high - subtrahend.high;
    double back = difference - minuend.high;
    double lost = minuend.high - (difference - back) - (subtrahend.high + back);
    double below = lost + (minuend.low - subtrahend.low);
    double high = difference + below;
    double low = below - (high - difference);
    double error = ERROR * (Math.abs(minuend.high) + Math.abs(subtrahend.high));
    // Nearly the quotient is enough: what it lacks is reckoned below, up to 2^-103 of it.
    double reciprocal = 1 / divisor;
    double quotient = high * reciprocal;
    double rest = (Math.fma(-quotient, divisor, high) + low) * reciprocal;
    double bound = error * reciprocal + ERROR * Math.abs(quotient);
    double least = quotient + (rest - bound);
    return least == quotient + (rest + bound) ? least : Double.NaN;
  }
}
