package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;

/**
 * Powers, roots, logarithms and what becomes of them. StrictMath gives the same bits on every
 * machine; outside of its domain a function gives NaN, as in Java.
 */
public final class ExponentialFunctions {
  private ExponentialFunctions() {}

  @ScalarFunction(
      name = "sqrt",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The square root; NaN of a negative number.",
      category = Category.NUMBERS,
      examples = {"sqrt(2.25) = 1.5"})
  public static double sqrt(double value) {
    return Math.sqrt(value);
  }

  @ScalarFunction(
      name = "cbrt",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The cube root.",
      category = Category.NUMBERS,
      examples = {"cbrt(-27) = -3"})
  public static double cbrt(double value) {
    return StrictMath.cbrt(value);
  }

  @ScalarFunction(
      name = "exp",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The number e to the power of the argument.",
      category = Category.NUMBERS,
      examples = {"exp(0) = 1"})
  public static double exp(double value) {
    return StrictMath.exp(value);
  }

  @ScalarFunction(
      name = "ln",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The natural logarithm; NaN of a negative number.",
      category = Category.NUMBERS,
      examples = {"ln(1) = 0"})
  public static double ln(double value) {
    return StrictMath.log(value);
  }

  @ScalarFunction(
      name = "log10",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The logarithm to base 10; NaN of a negative number.",
      category = Category.NUMBERS,
      examples = {"log10(1000) = 3"})
  public static double log10(double value) {
    return StrictMath.log10(value);
  }

  @ScalarFunction(
      name = "log2",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The logarithm to base 2, exact for powers of 2; NaN of a negative number.",
      category = Category.NUMBERS,
      examples = {"log2(8) = 3"})
  public static double log2(double value) {
    int exponent = Math.getExponent(value);
    boolean isPower = exponent <= Double.MAX_EXPONENT && value == Math.scalb(1.0, exponent);
    return isPower ? exponent : StrictMath.log(value) / StrictMath.log(2);
  }

  @ScalarFunction(
      name = "log",
      signature = "(DOUBLE, DOUBLE) -> DOUBLE",
      description = "The logarithm of the second number to the base of the first.",
      category = Category.NUMBERS,
      examples = {"round(log(2, 8), 9) = 3"})
  public static double log(double base, double value) {
    return StrictMath.log(value) / StrictMath.log(base);
  }

  @ScalarFunction(
      name = {"power", "pow"},
      signature = "(DOUBLE, DOUBLE) -> DOUBLE",
      description = "The first number to the power of the second.",
      category = Category.NUMBERS,
      examples = {"power(2, 10) = 1024"})
  public static double power(double base, double exponent) {
    return StrictMath.pow(base, exponent);
  }

  @ScalarFunction(
      name = "pi",
      signature = "() -> DOUBLE",
      description = "The ratio of a circle's circumference to its diameter.",
      category = Category.NUMBERS,
      examples = {"round(pi(), 6) = 3.141593"})
  public static double pi() {
    return Math.PI;
  }

  @ScalarFunction(
      name = "e",
      signature = "() -> DOUBLE",
      description = "The base of the natural logarithm.",
      category = Category.NUMBERS,
      examples = {"round(e(), 6) = 2.718282"})
  public static double e() {
    return Math.E;
  }

  @ScalarFunction(
      name = {"is_nan", "isnan"},
      signature = "(DOUBLE) -> BOOLEAN",
      description = "Whether the number is NaN.",
      category = Category.NUMBERS,
      examples = {"is_nan(sqrt(-1)) = TRUE"})
  public static boolean isNan(double value) {
    return Double.isNaN(value);
  }

  @ScalarFunction(
      name = "is_finite",
      signature = "(DOUBLE) -> BOOLEAN",
      description = "Whether the number is neither NaN nor infinite.",
      category = Category.NUMBERS,
      examples = {"is_finite(1e0) = TRUE"})
  public static boolean isFinite(double value) {
    return Double.isFinite(value);
  }

  @ScalarFunction(
      name = "is_infinite",
      signature = "(DOUBLE) -> BOOLEAN",
      description = "Whether the number is infinite.",
      category = Category.NUMBERS,
      examples = {"is_infinite(exp(1000)) = TRUE"})
  public static boolean isInfinite(double value) {
    return Double.isInfinite(value);
  }

  @ScalarFunction(
      name = "width_bucket",
      signature = "(DOUBLE, DOUBLE, DOUBLE, BIGINT) -> BIGINT",
      description =
          "The bucket, from 1, in which the first number falls when the range between the next two"
              + " is cut into as many; 0 below it, one more than there are above.",
      category = Category.NUMBERS,
      examples = {
        "width_bucket(5.3, 0, 10, 5) = 3",
        "width_bucket(-1, 0, 10, 5) = 0",
        "width_bucket(10, 0, 10, 5) = 6"
      },
      canFail = true)
  public static long widthBucket(double value, double from, double to, long buckets) {
    if (buckets <= 0 || !Double.isFinite(from) || !Double.isFinite(to) || from == to) {
      throw new RowException("width_bucket needs two different bounds and a positive number");
    }
    boolean rising = from < to;
    if (Double.isNaN(value) || (rising ? value >= to : value <= to)) {
      return Math.addExact(buckets, 1);
    }
    if (rising ? value < from : value > from) {
      return 0;
    }
    return (long) ((value - from) / (to - from) * buckets) + 1;
  }
}
