package io.millrace.spi.text;

import io.millrace.spi.connector.ByteOutput;
import java.math.BigInteger;

/**
 * The shortest decimal of a double, by the Schubfach algorithm (Raffaello Giulietti, "The Schubfach
 * way to render doubles", 2020, section 9). {@code Double.toString} is not always shortest before
 * JDK 19, so that results would depend on the JDK.
 */
final class ShortestDecimal {
  private static final int PRECISION = 53;
  private static final int MIN_EXPONENT = -1074;
  private static final long MIN_NORMAL = 1L << (PRECISION - 1);
  private static final long FRACTION = MIN_NORMAL - 1;
  private static final int EXPONENT_MASK = (1 << 11) - 1;
  private static final long TINY = 3;
  private static final long MASK_63 = Long.MAX_VALUE;
  private static final int MIN_POWER = -324;
  private static final int MAX_POWER = 292;
  private static final int LONGEST = 26;

  /** For each power k, {@code floor(10^-k * 2^-r) + 1} in two halves of 63 bits. */
  private static final long[] POWERS = powers();

  private ShortestDecimal() {}

  static void write(double value, ByteOutput out) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION;
    int exponent = (int) (bits >>> (PRECISION - 1)) & EXPONENT_MASK;
    if (exponent == EXPONENT_MASK) {
      Utf8.write(fraction != 0 ? "NaN" : bits > 0 ? "Infinity" : "-Infinity", out);
      return;
    }
    if (bits < 0) {
      out.write('-');
    }
    if (writeShort(Math.abs(value), out)) {
      return;
    }
    if (exponent != 0) {
      int shift = 1 - MIN_EXPONENT - exponent;
      long significand = MIN_NORMAL | fraction;
      boolean whole =
          shift > 0 && shift < PRECISION && (significand >> shift) << shift == significand;
      if (whole) {
        render(significand >> shift, 0, out);
      } else {
        shorten(-shift, significand, 0, out);
      }
    } else if (fraction == 0) {
      Utf8.write("0.0", out);
    } else if (fraction < TINY) {
      shorten(MIN_EXPONENT, 10 * fraction, -1, out);
    } else {
      shorten(MIN_EXPONENT, fraction, 0, out);
    }
  }

  /**
   * Writes a value of few digits, such as a price. Decimals of at most 15 digits are apart as
   * doubles, so the one that is equal is the shortest.
   */
  private static boolean writeShort(double magnitude, ByteOutput out) {
    if (!(magnitude >= 1e-3 && magnitude < 1e7)) {
      return false;
    }
    long hundreds = (long) (magnitude * 1e2 + 0.5);
    if (hundreds / 1e2 == magnitude) {
      render(hundreds, -2, out);
      return true;
    }
    long millions = (long) (magnitude * 1e6 + 0.5);
    if (millions / 1e6 == magnitude) {
      render(millions, -6, out);
      return true;
    }
    return false;
  }

  /** Finds the shortest decimal in the rounding interval of {@code c * 2^q}. */
  private static void shorten(int q, long c, int shiftOfPower, ByteOutput out) {
    long odd = c & 1;
    long middle = c << 2;
    long right = middle + 2;
    long left;
    int k;
    if (c != MIN_NORMAL || q == MIN_EXPONENT) {
      left = middle - 2;
      k = floorLog10OfPow2(q);
    } else {
      left = middle - 1;
      k = floorLog10OfThreeQuartersPow2(q);
    }
    int h = q + floorLog2OfPow10(-k) + 2;
    long high = POWERS[2 * (k - MIN_POWER)];
    long low = POWERS[2 * (k - MIN_POWER) + 1];
    long v = roundToOdd(high, low, middle << h);
    long lower = roundToOdd(high, low, left << h) + odd;
    long upper = roundToOdd(high, low, right << h) - odd;
    long s = v >> 2;
    if (s >= 100) {
      long tens = 10 * (s / 10);
      boolean below = lower <= tens << 2;
      boolean above = (tens + 10) << 2 <= upper;
      if (below != above) {
        render(below ? tens : tens + 10, k, out);
        return;
      }
    }
    boolean below = lower <= s << 2;
    boolean above = (s + 1) << 2 <= upper;
    long difference = v - ((2 * s + 1) << 1);
    boolean takeLower =
        below != above ? below : difference < 0 || (difference == 0 && (s & 1) == 0);
    render(takeLower ? s : s + 1, k + shiftOfPower, out);
  }

  /** Writes {@code digits * 10^exponent}, {@code digits > 0}. */
  private static void render(long digits, int exponent, ByteOutput out) {
    long significant = digits;
    int power = exponent;
    if (significant % 100_000_000 == 0) {
      significant /= 100_000_000;
      power += 8;
    }
    while (significant % 10 == 0) {
      significant /= 10;
      power++;
    }
    int count = NumberWriter.digits(significant);
    int point = count + power;
    byte[] bytes = out.reserve(LONGEST);
    int start = out.size();
    int at;
    if (point > 0 && point <= 7) {
      at = plain(bytes, start, significant, count, point);
    } else if (point > -3 && point <= 0) {
      bytes[start] = '0';
      bytes[start + 1] = '.';
      at = start + 2;
      for (int i = point; i < 0; i++) {
        bytes[at++] = '0';
      }
      NumberWriter.putDigits(bytes, at, significant, count);
      at += count;
    } else {
      at = plain(bytes, start, significant, count, 1);
      bytes[at++] = 'E';
      if (point < 1) {
        bytes[at++] = '-';
      }
      int shown = Math.abs(point - 1);
      int width = NumberWriter.digits(shown);
      NumberWriter.putDigits(bytes, at, shown, width);
      at += width;
    }
    out.advance(at - start);
  }

  /** Puts digits with {@code point} of them before the point, and at least one behind it. */
  private static int plain(byte[] bytes, int start, long digits, int count, int point) {
    int at = start;
    if (count <= point) {
      NumberWriter.putDigits(bytes, at, digits, count);
      at += count;
      for (int i = count; i < point; i++) {
        bytes[at++] = '0';
      }
      bytes[at++] = '.';
      bytes[at++] = '0';
      return at;
    }
    NumberWriter.putDigits(bytes, at + 1, digits, count);
    System.arraycopy(bytes, at + 1, bytes, at, point);
    bytes[at + point] = '.';
    return at + count + 1;
  }

  private static long roundToOdd(long high, long low, long factor) {
    long carry = Math.multiplyHigh(low, factor);
    long z = ((high * factor) >>> 1) + carry;
    long w = Math.multiplyHigh(high, factor) + (z >>> 63);
    return w | (((z & MASK_63) + MASK_63) >>> 63);
  }

  private static int floorLog10OfPow2(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  private static int floorLog10OfThreeQuartersPow2(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2OfPow10(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  private static long[] powers() {
    long[] table = new long[2 * (MAX_POWER - MIN_POWER + 1)];
    for (int k = MIN_POWER; k <= MAX_POWER; k++) {
      int r = floorLog2OfPow10(-k) - 125;
      BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
      BigInteger scaled = k <= 0 ? ten.shiftRight(r) : BigInteger.ONE.shiftLeft(-r).divide(ten);
      BigInteger g = scaled.add(BigInteger.ONE);
      table[2 * (k - MIN_POWER)] = g.shiftRight(63).longValueExact();
      table[2 * (k - MIN_POWER) + 1] = g.longValue() & MASK_63;
    }
    return table;
  }
}
