package io.millrace.operators.aggregate;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of numbers {@code units * 2^exponent} without rounding, as an integer of 256 bits in two's
 * complement and an exponent: what nearly all sums fit into, and much faster than a {@link
 * BigInteger}. The exponent is a multiple of 64, and moves with the numbers as long as they fit.
 *
 * <p>As in Neal, "Fast exact summation using small and large superaccumulators" (2015), but as wide
 * as numbers of one kind need instead of all doubles.
 */
final class WideNumber {
  private static final int LIMBS = 4;
  private static final int LIMB_BITS = Long.SIZE;

  /** What fits into the upper three limbs, with room for sums. */
  private static final int MOST_BITS_SET = (LIMBS - 1) * LIMB_BITS - 4;

  /** Units of 127 bits that are shifted by less leave the two highest bits alone. */
  private static final int MOST_SHIFT = 2 * LIMB_BITS;

  private static final long HALF_OF_TOP = 1L << (LIMB_BITS - 3);

  /** The limbs, the lowest first. */
  private long limb0;

  private long limb1;
  private long limb2;
  private long limb3;
  private int exponent;

  boolean isZero() {
    return (limb0 | limb1 | limb2 | limb3) == 0;
  }

  /**
   * Adds a number.
   *
   * @param high the upper half of its units, in two's complement, of less than 127 bits
   * @param low the lower half
   * @return false if the sum would not fit; it is as before then
   */
  boolean add(long high, long low, int power) {
    int shift = power - exponent;
    if (shift < 0 || shift >= MOST_SHIFT) {
      if (!moveFor(power)) {
        return false;
      }
      shift = power - exponent;
    }
    int bits = shift & (LIMB_BITS - 1);
    // In two steps each, as a shift by 64 would be one by 0.
    long first = low << bits;
    long second = high << bits | low >>> 1 >>> (LIMB_BITS - 1 - bits);
    long third = high >> 1 >> (LIMB_BITS - 1 - bits);
    return shift < LIMB_BITS
        ? addLimbs(first, second, third, high >> (LIMB_BITS - 1))
        : addLimbs(0, first, second, third);
  }

  /** Adds a sum of the same kind; fails as {@link #add(long, long, int)} does. */
  boolean add(WideNumber other) {
    if (other.isZero()) {
      return true;
    }
    if (isZero()) {
      exponent = other.exponent;
    }
    return exponent == other.exponent
        && addLimbs(other.limb0, other.limb1, other.limb2, other.limb3);
  }

  private boolean addLimbs(long a0, long a1, long a2, long a3) {
    long s0 = limb0 + a0;
    long s1 = limb1 + a1;
    long carry1 = carry(limb1, a1, s1);
    long c0 = carry(limb0, a0, s0);
    s1 += c0;
    carry1 |= c0 & (s1 == 0 ? 1 : 0);
    long s2 = limb2 + a2;
    long carry2 = carry(limb2, a2, s2);
    s2 += carry1;
    carry2 |= carry1 & (s2 == 0 ? 1 : 0);
    long s3 = limb3 + a3 + carry2;
    if (s3 >= HALF_OF_TOP || s3 < -HALF_OF_TOP) {
      return false;
    }
    limb0 = s0;
    limb1 = s1;
    limb2 = s2;
    limb3 = s3;
    return true;
  }

  /** 1 if {@code sum}, of two limbs, has lost a bit. */
  private static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> (LIMB_BITS - 1);
  }

  /** Moves the exponent so that a number of another size can be added. */
  private boolean moveFor(int power) {
    if (isZero()) {
      exponent = (power & -LIMB_BITS) - LIMB_BITS;
      return true;
    }
    while (power < exponent) {
      if (limb3 != limb2 >> (LIMB_BITS - 1)) {
        return false;
      }
      limb3 = limb2;
      limb2 = limb1;
      limb1 = limb0;
      limb0 = 0;
      exponent -= LIMB_BITS;
    }
    while (power - exponent >= MOST_SHIFT) {
      if (limb0 != 0) {
        return false;
      }
      limb0 = limb1;
      limb1 = limb2;
      limb2 = limb3;
      limb3 >>= LIMB_BITS - 1;
      exponent += LIMB_BITS;
    }
    return Math.abs(limb3) < HALF_OF_TOP;
  }

  /**
   * Becomes a number.
   *
   * @return false if it does not fit; this one is zero then
   */
  boolean set(ExactNumber number) {
    clear();
    int shift = number.exponent() & (LIMB_BITS - 1);
    if (number.units().bitLength() + shift >= MOST_BITS_SET) {
      return false;
    }
    exponent = number.exponent() - shift - LIMB_BITS;
    BigInteger units = number.units().shiftLeft(shift);
    limb1 = units.longValue();
    limb2 = units.shiftRight(LIMB_BITS).longValue();
    limb3 = units.shiftRight(2 * LIMB_BITS).longValue();
    return true;
  }

  void clear() {
    limb0 = 0;
    limb1 = 0;
    limb2 = 0;
    limb3 = 0;
    exponent = 0;
  }

  ExactNumber toExact() {
    byte[] bytes =
        ByteBuffer.allocate(LIMBS * Long.BYTES)
            .putLong(limb3)
            .putLong(limb2)
            .putLong(limb1)
            .putLong(limb0)
            .array();
    return new ExactNumber(new BigInteger(bytes), exponent);
  }

  /**
   * The first 106 bits, with a relative error below {@code 2^-104}; {@link Twofold#UNKNOWN} if they
   * are too large or small to be reckoned with.
   */
  Twofold toTwofold() {
    // The absolute value: of a negative number, all bits flipped, and 1 more.
    boolean isNegative = limb3 < 0;
    long flip = limb3 >> (LIMB_BITS - 1);
    long a0 = limb0 ^ flip;
    long a1 = limb1 ^ flip;
    long a2 = limb2 ^ flip;
    long a3 = limb3 ^ flip;
    int scale = exponent;
    if (isNegative) {
      a0++;
      if (a0 == 0 && ++a1 == 0 && ++a2 == 0) {
        a3++;
      }
    }
    long top = a3;
    long middle = a2;
    long bottom = a1;
    scale += 2 * LIMB_BITS;
    if (top == 0) {
      top = a2;
      middle = a1;
      bottom = a0;
      scale -= LIMB_BITS;
      if (top == 0) {
        top = a1;
        middle = a0;
        bottom = 0;
        scale -= LIMB_BITS;
        if (top == 0) {
          top = a0;
          middle = 0;
          scale -= LIMB_BITS;
        }
      }
    }
    return top == 0 ? Twofold.ZERO : Twofold.ofBits(isNegative, top, middle, bottom, scale);
  }
}
