package io.millrace.spi.text;

import io.millrace.spi.connector.ByteOutput;

/** Writes numbers as ASCII digits, without a string in between. */
public final class NumberWriter {
  private static final int LONGEST_LONG = 20;
  private static final int INT_DIGITS = 9;
  private static final long HUNDRED_MILLIONS = 100_000_000;
  private static final byte[] TENS = new byte[100];
  private static final byte[] ONES = new byte[100];
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
    }
  }

  private NumberWriter() {}

  public static void writeLong(long value, ByteOutput out) {
    if (value == Long.MIN_VALUE) {
      Utf8.write("-9223372036854775808", out);
      return;
    }
    byte[] bytes = out.reserve(LONGEST_LONG);
    int at = out.size();
    long magnitude = value;
    if (value < 0) {
      bytes[at++] = '-';
      magnitude = -value;
    }
    int digits = digits(magnitude);
    putDigits(bytes, at, magnitude, digits);
    out.advance(at + digits - out.size());
  }

  /**
   * Writes the shortest decimal that is read back as the same double, in the form of {@link
   * Double#toString(double)}: plain from 0.001 to below ten million, else with an exponent, and
   * {@code NaN}, {@code Infinity}. The same on every JDK.
   */
  public static void writeDouble(double value, ByteOutput out) {
    ShortestDecimal.write(value, out);
  }

  /** The number of decimal digits of a value that is not negative. */
  static int digits(long value) {
    int digits = 1;
    while (digits < POWERS_OF_TEN.length && value >= POWERS_OF_TEN[digits]) {
      digits++;
    }
    return digits;
  }

  /** Puts the last {@code digits} digits of a value that is not negative at {@code at}. */
  static void putDigits(byte[] bytes, int at, long value, int digits) {
    int end = at + digits;
    long wide = value;
    while (end - at > INT_DIGITS) {
      long quotient = wide / HUNDRED_MILLIONS;
      putIntDigits(bytes, end - 8, (int) (wide - HUNDRED_MILLIONS * quotient), 8);
      wide = quotient;
      end -= 8;
    }
    putIntDigits(bytes, at, (int) wide, end - at);
  }

  private static void putIntDigits(byte[] bytes, int at, int value, int digits) {
    int end = at + digits;
    int rest = value;
    while (end - at >= 2) {
      int quotient = rest / 100;
      int pair = rest - 100 * quotient;
      rest = quotient;
      bytes[--end] = ONES[pair];
      bytes[--end] = TENS[pair];
    }
    if (end > at) {
      bytes[at] = (byte) ('0' + rest % 10);
    }
  }
}
