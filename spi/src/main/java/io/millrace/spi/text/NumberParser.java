package io.millrace.spi.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers from characters: an optional sign, digits, an optional fraction and exponent. What
 * is longer than {@link #LONGEST} characters is no number.
 */
public final class NumberParser {
  /** The longest text of a number, since reading very long ones takes quadratic time. */
  public static final int LONGEST = 1_000;

  /** What is no plain whole number of at most 18 digits. */
  public static final long NOT_SMALL = Long.MIN_VALUE;

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int MOST_LONG_DIGITS = 18;
  private static final long LARGEST_EXACT = 1L << 53;
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private NumberParser() {}

  /**
   * The value of a plain whole number of at most 18 digits; {@link #NOT_SMALL} for any other text.
   */
  public static long parseSmallLong(char[] text, int offset, int length) {
    int from = hasSign(text, offset, length) ? 1 : 0;
    if (length == from || length - from > MOST_LONG_DIGITS) {
      return NOT_SMALL;
    }
    long value = 0;
    for (int i = offset + from; i < offset + length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_SMALL;
      }
      value = 10 * value + digit;
    }
    return text[offset] == '-' ? -value : value;
  }

  /** The whole number in the range of long that {@code number} is, or null. */
  public static @Nullable Long toLong(BigDecimal number) {
    boolean candidate =
        number.signum() == 0
            || ((long) number.precision() - number.scale() <= 19
                && (long) number.precision() - number.scale() > 0);
    if (!candidate || number.compareTo(MIN_LONG) < 0 || number.compareTo(MAX_LONG) > 0) {
      return null;
    }
    if (number.signum() == 0) {
      return 0L;
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    return whole.compareTo(number) == 0 ? (Long) whole.longValueExact() : null;
  }

  /** The exact number, or null for a text that is none. */
  public static @Nullable BigDecimal parseDecimal(char[] text, int offset, int length) {
    if (!isNumber(text, offset, length)) {
      return null;
    }
    try {
      return new BigDecimal(text, offset, length);
    } catch (NumberFormatException ignored) { // an exponent beyond the range of int
      return null;
    }
  }

  /**
   * The nearest double, or NaN for a text that is no number; infinite beyond the range of double.
   */
  public static double parseDouble(char[] text, int offset, int length) {
    double simple = parseSimpleDouble(text, offset, length);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    return isNumber(text, offset, length)
        ? Double.parseDouble(new String(text, offset, length))
        : Double.NaN;
  }

  /**
   * The nearest double of a number with few digits and no exponent, such as a price; NaN for any
   * other text.
   */
  public static double parseSimpleDouble(char[] text, int offset, int length) {
    long mantissa = 0;
    int point = length;
    int from = hasSign(text, offset, length) ? 1 : 0;
    if (length - from > MOST_LONG_DIGITS) {
      return Double.NaN;
    }
    for (int i = from; i < length; i++) {
      int digit = text[offset + i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = 10 * mantissa + digit;
      } else if (digit == '.' - '0' && point == length) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    boolean hasDigits = length > from + (point < length ? 1 : 0);
    if (!hasDigits || mantissa > LARGEST_EXACT) {
      return Double.NaN;
    }
    // Both are exact, so the quotient is correctly rounded (Clinger, 1990).
    double value = mantissa / EXACT_POWERS[Math.max(0, length - point - 1)];
    return text[offset] == '-' ? -value : value;
  }

  /**
   * The number with exactly {@code scale} digits behind the point, rounded half up; null if it has
   * more than {@code precision} digits then.
   */
  public static @Nullable BigDecimal fit(BigDecimal number, int precision, int scale) {
    long wholeDigits = (long) number.precision() - number.scale();
    if (number.signum() == 0 || wholeDigits < -scale) {
      return new BigDecimal(BigInteger.ZERO, scale);
    }
    if (wholeDigits > precision - scale) {
      return null;
    }
    BigDecimal fitted = number.setScale(scale, RoundingMode.HALF_UP);
    return fitted.precision() > precision ? null : fitted;
  }

  private static boolean isNumber(char[] text, int offset, int length) {
    if (length > LONGEST) {
      return false;
    }
    int end = offset + length;
    int at = offset + (hasSign(text, offset, length) ? 1 : 0);
    int start = at;
    at = skipDigits(text, at, end);
    int digits = at - start;
    if (at < end && text[at] == '.') {
      start = at + 1;
      at = skipDigits(text, start, end);
      digits += at - start;
    }
    if (digits == 0) {
      return false;
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      at += hasSign(text, at, end - at) ? 1 : 0;
      start = at;
      at = skipDigits(text, at, end);
      return at == end && at > start;
    }
    return at == end;
  }

  private static int skipDigits(char[] text, int from, int end) {
    int at = from;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean hasSign(char[] text, int offset, int length) {
    return length > 0 && (text[offset] == '-' || text[offset] == '+');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
