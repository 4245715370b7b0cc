package io.millrace.conformance.functions;

import io.millrace.spi.function.AggregateFunction;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** The square root of the mean of the squares: the example of docs/own-functions.md. */
@AggregateFunction(
    name = {"root_mean_square", "rms"},
    signature = "(DOUBLE) -> DOUBLE",
    description = "The square root of the mean of the squares.",
    category = "statistics",
    examples = "rms(voltage)")
public final class RootMeanSquare {
  private RootMeanSquare() {}

  /** How many numbers there are, and the sum of their squares, without any rounding. */
  public record Squares(long count, BigDecimal sum) {}

  public static Squares create() {
    return new Squares(0, BigDecimal.ZERO);
  }

  public static Squares accumulate(Squares held, double x) {
    return new Squares(held.count() + 1, held.sum().add(square(x)));
  }

  public static Squares retract(Squares held, double x) {
    return new Squares(held.count() - 1, held.sum().subtract(square(x)));
  }

  public static Squares merge(Squares one, Squares other) {
    return new Squares(one.count() + other.count(), one.sum().add(other.sum()));
  }

  public static @Nullable Double result(Squares held) {
    if (held.count() == 0) {
      return null;
    }
    BigDecimal count = BigDecimal.valueOf(held.count());
    return Math.sqrt(held.sum().divide(count, MathContext.DECIMAL64).doubleValue());
  }

  private static BigDecimal square(double x) {
    if (!Double.isFinite(x)) {
      throw new ArithmeticException("no square of " + x);
    }
    return new BigDecimal(x).pow(2);
  }
}
