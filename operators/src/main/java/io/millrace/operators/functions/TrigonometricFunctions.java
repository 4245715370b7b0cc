package io.millrace.operators.functions;

import io.millrace.spi.function.ScalarFunction;

/**
 * Trigonometric and hyperbolic functions. StrictMath gives the same bits on every machine, so that
 * a restart elsewhere changes no result.
 */
public final class TrigonometricFunctions {
  private TrigonometricFunctions() {}

  @ScalarFunction(
      name = "sin",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The sine of an angle in radians.",
      category = Category.NUMBERS,
      examples = {"sin(0) = 0"})
  public static double sin(double value) {
    return StrictMath.sin(value);
  }

  @ScalarFunction(
      name = "cos",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The cosine of an angle in radians.",
      category = Category.NUMBERS,
      examples = {"cos(0) = 1"})
  public static double cos(double value) {
    return StrictMath.cos(value);
  }

  @ScalarFunction(
      name = "tan",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The tangent of an angle in radians.",
      category = Category.NUMBERS,
      examples = {"tan(0) = 0"})
  public static double tan(double value) {
    return StrictMath.tan(value);
  }

  @ScalarFunction(
      name = "cot",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The cotangent of an angle in radians.",
      category = Category.NUMBERS,
      examples = {"round(cot(1), 6) = 0.642093"})
  public static double cot(double value) {
    return 1 / StrictMath.tan(value);
  }

  @ScalarFunction(
      name = "asin",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The angle whose sine this is; NaN outside of [-1, 1].",
      category = Category.NUMBERS,
      examples = {"round(asin(1), 6) = 1.570796"})
  public static double asin(double value) {
    return StrictMath.asin(value);
  }

  @ScalarFunction(
      name = "acos",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The angle whose cosine this is; NaN outside of [-1, 1].",
      category = Category.NUMBERS,
      examples = {"acos(1) = 0"})
  public static double acos(double value) {
    return StrictMath.acos(value);
  }

  @ScalarFunction(
      name = "atan",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The angle whose tangent this is.",
      category = Category.NUMBERS,
      examples = {"round(atan(1), 6) = 0.785398"})
  public static double atan(double value) {
    return StrictMath.atan(value);
  }

  @ScalarFunction(
      name = "sinh",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The hyperbolic sine.",
      category = Category.NUMBERS,
      examples = {"sinh(0) = 0"})
  public static double sinh(double value) {
    return StrictMath.sinh(value);
  }

  @ScalarFunction(
      name = "cosh",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The hyperbolic cosine.",
      category = Category.NUMBERS,
      examples = {"cosh(0) = 1"})
  public static double cosh(double value) {
    return StrictMath.cosh(value);
  }

  @ScalarFunction(
      name = "tanh",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The hyperbolic tangent.",
      category = Category.NUMBERS,
      examples = {"tanh(0) = 0"})
  public static double tanh(double value) {
    return StrictMath.tanh(value);
  }

  @ScalarFunction(
      name = "coth",
      signature = "(DOUBLE) -> DOUBLE",
      description = "The hyperbolic cotangent.",
      category = Category.NUMBERS,
      examples = {"round(coth(1), 6) = 1.313035"})
  public static double coth(double value) {
    return 1 / StrictMath.tanh(value);
  }

  @ScalarFunction(
      name = "degrees",
      signature = "(DOUBLE) -> DOUBLE",
      description = "An angle in radians as degrees.",
      category = Category.NUMBERS,
      examples = {"degrees(pi()) = 180"})
  public static double degrees(double value) {
    return Math.toDegrees(value);
  }

  @ScalarFunction(
      name = "radians",
      signature = "(DOUBLE) -> DOUBLE",
      description = "An angle in degrees as radians.",
      category = Category.NUMBERS,
      examples = {"round(radians(180), 6) = 3.141593"})
  public static double radians(double value) {
    return Math.toRadians(value);
  }

  @ScalarFunction(
      name = "atan2",
      signature = "(DOUBLE, DOUBLE) -> DOUBLE",
      description = "The angle of the point with these y and x.",
      category = Category.NUMBERS,
      examples = {"round(atan2(1, -1), 6) = 2.356194"})
  public static double atan2(double y, double x) {
    return StrictMath.atan2(y, x);
  }
}
