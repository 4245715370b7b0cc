package io.millrace.compiler.aggregate;

import io.millrace.spi.function.AggregateFunction;

/** A user's aggregate that refuses rows with which its result would be out of range. */
@AggregateFunction(
    name = "sum_of_squares",
    signature = "(BIGINT) -> BIGINT",
    description = "The sum of the squares.",
    category = "statistics",
    examples = "sum_of_squares(v)")
public final class SumOfSquares {
  private SumOfSquares() {}

  /** The sum so far. */
  public record Sum(long value) {}

  public static Sum create() {
    return new Sum(0);
  }

  public static Sum accumulate(Sum held, long x) {
    return new Sum(Math.addExact(held.value(), Math.multiplyExact(x, x)));
  }

  public static Sum retract(Sum held, long x) {
    return new Sum(held.value() - x * x);
  }

  public static long result(Sum held) {
    return held.value();
  }
}
