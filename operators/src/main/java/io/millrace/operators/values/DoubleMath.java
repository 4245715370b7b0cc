package io.millrace.operators.values;

/**
 * Comparison and division of DOUBLE: NaN equals NaN and is greater than every number, -0.0 equals
 * 0.0, a division by zero is a row error.
 */
public final class DoubleMath {
  private DoubleMath() {}

  public static boolean equal(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  public static boolean less(double a, double b) {
    return a < b || (Double.isNaN(b) && !Double.isNaN(a));
  }

  public static boolean lessOrEqual(double a, double b) {
    return a <= b || Double.isNaN(b);
  }

  /**
   * A long that is ordered as the value is, and equal for equal values.
   *
   * @return the inverse of {@link #ofSortable}, up to the sign of zero
   */
  public static long toSortable(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  public static double ofSortable(long sortable) {
    return Double.longBitsToDouble(sortable ^ ((sortable >> 63) & Long.MAX_VALUE));
  }

  /**
   * The quotient.
   *
   * @param text the expression in SQL, for the message
   */
  public static double divide(double a, double b, String text) {
    if (b == 0) {
      throw IntegerMath.divisionByZero(text);
    }
    return a / b;
  }

  /**
   * The remainder, with the sign of {@code a}.
   *
   * @param text the expression in SQL, for the message
   */
  public static double remainder(double a, double b, String text) {
    if (b == 0) {
      throw IntegerMath.divisionByZero(text);
    }
    return a % b;
  }
}
