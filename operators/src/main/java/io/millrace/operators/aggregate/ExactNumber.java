package io.millrace.operators.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A number without rounding: {@code units * 2^exponent}. Every finite double is one, and so are
 * sums and products of them. A decimal is taken by its unscaled value; its scale is known to who
 * reads the sum.
 */
public record ExactNumber(BigInteger units, int exponent) {
  static final ExactNumber ZERO = new ExactNumber(BigInteger.ZERO, 0);

  /** Stands for NaN and the infinities, and for products with them. */
  static final ExactNumber NOT_FINITE = new ExactNumber(BigInteger.ZERO, Integer.MIN_VALUE);

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long EXPONENTS = 0x7ffL << FRACTION_BITS;
  private static final int BIAS = 1023 + FRACTION_BITS;

  /** More bits than a double has, so that one rounding is all there is. */
  private static final int QUOTIENT_BITS = 66;

  public static ExactNumber of(long value) {
    return new ExactNumber(BigInteger.valueOf(value), 0);
  }

  public static ExactNumber of(BigDecimal value) {
    return new ExactNumber(value.unscaledValue(), 0);
  }

  public static ExactNumber of(double value) {
    return Double.isFinite(value)
        ? new ExactNumber(BigInteger.valueOf(unitsOf(value)), exponentOf(value)).withoutZeros()
        : NOT_FINITE;
  }

  /** A number of 128 bits, in two's complement. */
  static ExactNumber of(long high, long low, int exponent) {
    byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    return new ExactNumber(new BigInteger(bytes), exponent);
  }

  /**
   * The units of a double that is finite: its mantissa with its sign, where {@link #exponentOf} is
   * its exponent.
   */
  static long unitsOf(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION;
    long mantissa = (bits & EXPONENTS) == 0 ? fraction : fraction | (FRACTION + 1);
    long sign = bits >> (Long.SIZE - 1);
    return (mantissa ^ sign) - sign;
  }

  static int exponentOf(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return Math.max(1, (int) ((bits & EXPONENTS) >>> FRACTION_BITS)) - BIAS;
  }

  boolean isFinite() {
    return exponent != Integer.MIN_VALUE;
  }

  /** Whether it is 0, below or above. */
  int signum() {
    return units.signum();
  }

  public ExactNumber times(ExactNumber other) {
    return isFinite() && other.isFinite()
        ? new ExactNumber(units.multiply(other.units), exponent + other.exponent)
        : NOT_FINITE;
  }

  ExactNumber plus(ExactNumber other) {
    if (signum() == 0) {
      return other;
    }
    if (other.signum() == 0) {
      return this;
    }
    int difference = other.exponent - exponent;
    return difference >= 0
        ? new ExactNumber(units.add(other.units.shiftLeft(difference)), exponent)
        : new ExactNumber(units.shiftLeft(-difference).add(other.units), other.exponent);
  }

  /** The same number, with odd units if it is not 0. */
  ExactNumber withoutZeros() {
    int zeros = units.getLowestSetBit();
    return zeros < 0 ? ZERO : new ExactNumber(units.shiftRight(zeros), exponent + zeros);
  }

  ExactNumber negated() {
    return new ExactNumber(units.negate(), exponent);
  }

  ExactNumber minus(ExactNumber other) {
    return plus(other.negated());
  }

  /** The nearest double to the quotient by a positive number. */
  double over(ExactNumber divisor) {
    Quotient quotient = quotient(divisor);
    return Math.scalb(quotient.mantissa(), quotient.exponent());
  }

  /** The square root of the quotient by a positive number, also where that is no double. */
  double rootOver(ExactNumber divisor) {
    Quotient quotient = quotient(divisor);
    int odd = quotient.exponent() & 1;
    double root = Math.sqrt(Math.scalb(quotient.mantissa(), odd));
    return Math.scalb(root, (quotient.exponent() - odd) / 2);
  }

  /** A quotient, rounded to a double's mantissa: {@code mantissa * 2^exponent}. */
  private record Quotient(double mantissa, int exponent) {}

  private Quotient quotient(ExactNumber divisor) {
    int shift = QUOTIENT_BITS - units.bitLength() + divisor.units.bitLength();
    BigInteger dividend = shift > 0 ? units.abs().shiftLeft(shift) : units.abs();
    BigInteger by = shift < 0 ? divisor.units.shiftLeft(-shift) : divisor.units;
    BigInteger[] parts = dividend.divideAndRemainder(by);
    // The last bit says that there is more, so that a tie is none.
    BigInteger sticky = parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
    double mantissa = parts[0].shiftLeft(1).or(sticky).doubleValue();
    return new Quotient(
        signum() < 0 ? -mantissa : mantissa, exponent - divisor.exponent - shift - 1);
  }
}
