package io.millrace.operators.functions;

import io.millrace.operators.values.DecimalMath;
import io.millrace.operators.values.ValueText;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Signs, remainders and rounding of numbers. What does not fit its type is a row error. */
public final class MathFunctions {
  /** No double has digits farther from the point, before or after it. */
  private static final int FARTHEST_DIGIT = 400;

  private MathFunctions() {}

  @ScalarFunction(
      name = "abs",
      signature = "(INT) -> INT",
      description = "The number without its sign.",
      category = Category.NUMBERS,
      examples = {"abs(-3) = 3"},
      canFail = true)
  public static int absInt(long value) {
    return Math.toIntExact(Math.abs(value));
  }

  @ScalarFunction(
      name = "abs",
      signature = "(BIGINT) -> BIGINT",
      description = "The number without its sign.",
      category = Category.NUMBERS,
      examples = {"abs(-3000000000) = 3000000000"},
      canFail = true)
  public static long abs(long value) {
    return Math.absExact(value);
  }

  @ScalarFunction(
      name = "abs",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The number without its sign.",
      category = Category.NUMBERS,
      examples = {"abs(-15e-1) = 1.5"})
  public static double abs(double value) {
    return Math.abs(value);
  }

  @ScalarFunction(
      name = "abs",
      signature = "(DECIMAL(p,s)) -> DECIMAL(p,s)",
      description = "The number without its sign.",
      category = Category.NUMBERS,
      examples = {"abs(-1.50) = 1.50"})
  public static BigDecimal abs(BigDecimal value) {
    return value.abs();
  }

  @ScalarFunction(
      name = "sign",
      signature = "(BIGINT) -> INT",
      description = "-1, 0 or 1 as the number is negative, zero or positive.",
      category = Category.NUMBERS,
      examples = {"sign(-3) = -1"})
  public static int sign(long value) {
    return Long.signum(value);
  }

  @ScalarFunction(
      name = "sign",
      signature = "(DOUBLE) -> DOUBLE",
      description = "-1, 0 or 1 as the number is negative, zero or positive; NaN of NaN.",
      category = Category.NUMBERS,
      examples = {"sign(25e-1) = 1"})
  public static double sign(double value) {
    return Math.signum(value);
  }

  @ScalarFunction(
      name = "sign",
      signature = "(DECIMAL(p,s)) -> INT",
      description = "-1, 0 or 1 as the number is negative, zero or positive.",
      category = Category.NUMBERS,
      examples = {"sign(-0.5) = -1"})
  public static int sign(BigDecimal value) {
    return value.signum();
  }

  @ScalarFunction(
      name = "mod",
      signature = "(INT, INT) -> INT",
      description = "The remainder of a division, with the sign of the first number.",
      category = Category.NUMBERS,
      examples = {"mod(7, 3) = 1", "mod(-7, 3) = -1"},
      canFail = true)
  public static long modInt(long a, long b) {
    return mod(a, b);
  }

  @ScalarFunction(
      name = "mod",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The remainder of a division, with the sign of the first number.",
      category = Category.NUMBERS,
      examples = {"mod(7000000000, 3) = 1"},
      canFail = true)
  public static long mod(long a, long b) {
    if (b == 0) {
      throw new RowException("division by zero in mod");
    }
    return b == -1 ? 0 : a % b;
  }

  @ScalarFunction(
      name = "mod",
      signature = "(DOUBLE, DOUBLE) -> DOUBLE",
      description = "The remainder of a division, with the sign of the first number.",
      category = Category.NUMBERS,
      examples = {"mod(75e-1, 2) = 1.5"},
      canFail = true)
  public static double mod(double a, double b) {
    if (b == 0) {
      throw new RowException("division by zero in mod");
    }
    return a % b;
  }

  @ScalarFunction(
      name = "mod",
      signature = "(DECIMAL(p,s), DECIMAL(q,t)) -> DECIMAL(min(p-s,q-t)+max(s,t),max(s,t))",
      description = "The remainder of a division, with the sign of the first number.",
      category = Category.NUMBERS,
      examples = {"mod(7.5, 2.00) = 1.5"},
      canFail = true)
  public static BigDecimal mod(BigDecimal a, BigDecimal b) {
    return DecimalMath.remainder(a, b, 38, Math.max(a.scale(), b.scale()), "mod");
  }

  @ScalarFunction(
      name = {"ceil", "ceiling"},
      signature = "(BIGINT) -> BIGINT",
      description = "The least whole number that is not less.",
      category = Category.NUMBERS,
      examples = {"ceil(7) = 7"})
  public static long ceil(long value) {
    return value;
  }

  @ScalarFunction(
      name = {"ceil", "ceiling"},
      signature = "(DOUBLE) -> DOUBLE",
      description = "The least whole number that is not less.",
      category = Category.NUMBERS,
      examples = {"ceil(-15e-1) = -1"})
  public static double ceil(double value) {
    return Math.ceil(value);
  }

  @ScalarFunction(
      name = {"ceil", "ceiling"},
      signature = "(DECIMAL(p,s)) -> DECIMAL(p-s+1,0)",
      description = "The least whole number that is not less.",
      category = Category.NUMBERS,
      examples = {"ceil(1.01) = 2"})
  public static BigDecimal ceil(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING);
  }

  @ScalarFunction(
      name = "floor",
      signature = "(BIGINT) -> BIGINT",
      description = "The greatest whole number that is not greater.",
      category = Category.NUMBERS,
      examples = {"floor(7) = 7"})
  public static long floor(long value) {
    return value;
  }

  @ScalarFunction(
      name = "floor",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The greatest whole number that is not greater.",
      category = Category.NUMBERS,
      examples = {"floor(-15e-1) = -2"})
  public static double floor(double value) {
    return Math.floor(value);
  }

  @ScalarFunction(
      name = "floor",
      signature = "(DECIMAL(p,s)) -> DECIMAL(p-s+1,0)",
      description = "The greatest whole number that is not greater.",
      category = Category.NUMBERS,
      examples = {"floor(1.99) = 1", "floor(-1.01) = -2"})
  public static BigDecimal floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR);
  }

  @ScalarFunction(
      name = "round",
      signature = "(BIGINT) -> BIGINT",
      description = "The nearest whole number.",
      category = Category.NUMBERS,
      examples = {"round(7) = 7"})
  public static long round(long value) {
    return value;
  }

  @ScalarFunction(
      name = "round",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The nearest whole number; halves go away from zero.",
      category = Category.NUMBERS,
      examples = {"round(25e-1) = 3", "round(-25e-1) = -3"})
  public static double round(double value) {
    double magnitude = Math.abs(value);
    double whole = Math.floor(magnitude);
    return Math.copySign(magnitude - whole >= 0.5 ? whole + 1 : whole, value);
  }

  @ScalarFunction(
      name = "round",
      signature = "(DECIMAL(p,s)) -> DECIMAL(p-s+1,0)",
      description = "The nearest whole number; halves go away from zero.",
      category = Category.NUMBERS,
      examples = {"round(2.5) = 3", "round(-2.5) = -3"})
  public static BigDecimal round(BigDecimal value) {
    return value.setScale(0, RoundingMode.HALF_UP);
  }

  @ScalarFunction(
      name = "round",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The number rounded to digits after the point; negative ones count before it.",
      category = Category.NUMBERS,
      examples = {"round(1250, -2) = 1300", "round(7, 2) = 7"},
      canFail = true)
  public static long round(long value, long digits) {
    return withDigits(BigDecimal.valueOf(value), digits, RoundingMode.HALF_UP).longValueExact();
  }

  @ScalarFunction(
      name = "round",
      signature = "(DOUBLE, BIGINT) -> DOUBLE",
      description = "The number rounded to digits after the point; negative ones count before it.",
      category = Category.NUMBERS,
      examples = {"round(1005e-3, 2) = 1.01", "round(1250e0, -2) = 1300"})
  public static double round(double value, long digits) {
    return withDigits(value, digits, RoundingMode.HALF_UP);
  }

  @ScalarFunction(
      name = "round",
      signature = "(DECIMAL(p,s), BIGINT) -> DECIMAL(p+1,s)",
      description = "The number rounded to digits after the point; negative ones count before it.",
      category = Category.NUMBERS,
      examples = {"round(1.345, 2) = 1.35", "round(149.9, -2) = 100"},
      canFail = true)
  public static BigDecimal round(BigDecimal value, long digits) {
    BigDecimal rounded = withDigits(value, digits, RoundingMode.HALF_UP);
    return DecimalMath.exact(rounded, 38, value.scale(), "round");
  }

  @ScalarFunction(
      name = {"trunc", "truncate"},
      signature = "(BIGINT) -> BIGINT",
      description = "The number without what is after the point.",
      category = Category.NUMBERS,
      examples = {"trunc(7) = 7"})
  public static long trunc(long value) {
    return value;
  }

  @ScalarFunction(
      name = {"trunc", "truncate"},
      signature = "(DOUBLE) -> DOUBLE",
      description = "The number without what is after the point.",
      category = Category.NUMBERS,
      examples = {"trunc(-19e-1) = -1"})
  public static double trunc(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  @ScalarFunction(
      name = {"trunc", "truncate"},
      signature = "(DECIMAL(p,s)) -> DECIMAL(p-s+1,0)",
      description = "The number without what is after the point.",
      category = Category.NUMBERS,
      examples = {"trunc(-1.9) = -1"})
  public static BigDecimal trunc(BigDecimal value) {
    return value.setScale(0, RoundingMode.DOWN);
  }

  @ScalarFunction(
      name = {"trunc", "truncate"},
      signature = "(DOUBLE, BIGINT) -> DOUBLE",
      description = "The number cut to digits after the point; negative ones count before it.",
      category = Category.NUMBERS,
      examples = {"trunc(1999e-3, 2) = 1.99"})
  public static double trunc(double value, long digits) {
    return withDigits(value, digits, RoundingMode.DOWN);
  }

  @ScalarFunction(
      name = {"trunc", "truncate"},
      signature = "(DECIMAL(p,s), BIGINT) -> DECIMAL(p,s)",
      description = "The number cut to digits after the point; negative ones count before it.",
      category = Category.NUMBERS,
      examples = {"trunc(1.999, 2) = 1.99", "trunc(199.9, -2) = 100"})
  public static BigDecimal trunc(BigDecimal value, long digits) {
    return withDigits(value, digits, RoundingMode.DOWN).setScale(value.scale());
  }

  /** Rounds by the shortest decimal text of the value, so that 1.005 is a half. */
  private static double withDigits(double value, long digits, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return withDigits(new BigDecimal(ValueText.of(value)), digits, mode).doubleValue();
  }

  private static BigDecimal withDigits(BigDecimal value, long digits, RoundingMode mode) {
    if (digits >= value.scale()) {
      return value;
    }
    int bounded = (int) Math.max(-FARTHEST_DIGIT, digits);
    return value.setScale(bounded, mode).setScale(Math.max(0, value.scale()));
  }
}
