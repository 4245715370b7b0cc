package io.millrace.operators.values;

import io.millrace.spi.error.RowException;

/**
 * Arithmetic on INT and BIGINT (and times) that fails instead of wrapping. Each method takes the
 * SQL text of the expression for the message of the row error.
 */
public final class IntegerMath {
  private IntegerMath() {}

  public static long add(long a, long b, String text) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow(text);
    }
    return sum;
  }

  public static long subtract(long a, long b, String text) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw overflow(text);
    }
    return difference;
  }

  public static long multiply(long a, long b, String text) {
    long low = a * b;
    if (Math.multiplyHigh(a, b) != low >> 63) {
      throw overflow(text);
    }
    return low;
  }

  /** Towards zero. */
  public static long divide(long a, long b, String text) {
    if (b == 0) {
      throw divisionByZero(text);
    }
    if (b == -1) {
      return negate(a, text);
    }
    return a / b;
  }

  /** With the sign of {@code a}. */
  public static long remainder(long a, long b, String text) {
    if (b == 0) {
      throw divisionByZero(text);
    }
    return b == -1 ? 0 : a % b;
  }

  public static long negate(long a, String text) {
    if (a == Long.MIN_VALUE) {
      throw overflow(text);
    }
    return -a;
  }

  /** The value, if it is in the range of INT. */
  public static long checkInt(long value, String text) {
    if ((int) value != value) {
      throw overflow(text);
    }
    return value;
  }

  /** The row error of a result that does not fit its type. */
  public static RowException overflow(String text) {
    return new RowException("integer overflow in " + text);
  }

  /** The row error of a division by zero. */
  public static RowException divisionByZero(String text) {
    return new RowException("division by zero in " + text);
  }

  /** The row error of an arithmetic error that Java found in a function. */
  public static RowException failure(ArithmeticException cause, String text) {
    return new RowException(cause.getMessage() + " in " + text);
  }
}
