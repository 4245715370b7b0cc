package io.millrace.operators.values;

import io.millrace.spi.error.RowException;
import io.millrace.spi.text.NumberParser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on decimals. Each method gives a value of exactly the scale of the result's type
 * {@code DECIMAL(precision, scale)} (see {@link io.millrace.spi.types.DecimalTypes}), or a row
 * error that names {@code text}, the expression in SQL.
 */
public final class DecimalMath {
  private DecimalMath() {}

  public static BigDecimal add(BigDecimal a, BigDecimal b, int precision, int scale, String text) {
    return exact(a.add(b), precision, scale, text);
  }

  public static BigDecimal subtract(
      BigDecimal a, BigDecimal b, int precision, int scale, String text) {
    return exact(a.subtract(b), precision, scale, text);
  }

  public static BigDecimal multiply(
      BigDecimal a, BigDecimal b, int precision, int scale, String text) {
    return exact(a.multiply(b), precision, scale, text);
  }

  /** The quotient, rounded half up. */
  public static BigDecimal divide(
      BigDecimal a, BigDecimal b, int precision, int scale, String text) {
    refuseZero(b, text);
    BigDecimal quotient = a.divide(b, scale, RoundingMode.HALF_UP);
    return exact(quotient, precision, scale, text);
  }

  /** The remainder, with the sign of {@code a}. */
  public static BigDecimal remainder(
      BigDecimal a, BigDecimal b, int precision, int scale, String text) {
    refuseZero(b, text);
    return exact(a.remainder(b), precision, scale, text);
  }

  /**
   * A value that was computed exactly, in the form of its type: fails if it has more digits than
   * the type, before or after the point.
   */
  public static BigDecimal exact(BigDecimal value, int precision, int scale, String text) {
    BigDecimal result = value.scale() == scale ? value : NumberParser.fit(value, precision, scale);
    if (result == null || result.precision() > precision || result.compareTo(value) != 0) {
      throw new RowException(
          "decimal overflow in "
              + text
              + ": the result does not fit DECIMAL("
              + precision
              + ","
              + scale
              + ")");
    }
    return result;
  }

  /**
   * The value with {@code scale} digits after the point, rounded half up; null if it is too great.
   */
  public static @Nullable BigDecimal rounded(BigDecimal value, int precision, int scale) {
    boolean fits = value.scale() == scale && value.precision() <= precision;
    return fits ? value : NumberParser.fit(value, precision, scale);
  }

  private static void refuseZero(BigDecimal divisor, String text) {
    if (divisor.signum() == 0) {
      throw new RowException("division by zero in " + text);
    }
  }
}
