package io.millrace.operators.functions;

import io.millrace.spi.function.ScalarFunction;

/** Functions on the 64 bits of a BIGINT. */
public final class BitFunctions {
  private BitFunctions() {}

  @ScalarFunction(
      name = "bit_and",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The bits that both have.",
      category = Category.NUMBERS,
      examples = {"bit_and(12, 10) = 8"})
  public static long and(long a, long b) {
    return a & b;
  }

  @ScalarFunction(
      name = "bit_or",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The bits that either has.",
      category = Category.NUMBERS,
      examples = {"bit_or(12, 10) = 14"})
  public static long or(long a, long b) {
    return a | b;
  }

  @ScalarFunction(
      name = "bit_xor",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The bits that just one has.",
      category = Category.NUMBERS,
      examples = {"bit_xor(12, 10) = 6"})
  public static long xor(long a, long b) {
    return a ^ b;
  }

  @ScalarFunction(
      name = "shift_left",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description =
          "The bits shifted to the left; 0 from 64 on or for a negative number of places.",
      category = Category.NUMBERS,
      examples = {"shift_left(1, 4) = 16"})
  public static long shiftLeft(long a, long b) {
    return b >= 0 && b < Long.SIZE ? a << b : 0;
  }

  @ScalarFunction(
      name = "shift_right",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The bits shifted to the right, the sign kept; all sign from 64 on.",
      category = Category.NUMBERS,
      examples = {"shift_right(-16, 2) = -4"})
  public static long shiftRight(long a, long b) {
    return b < 0 ? 0 : a >> Math.min(b, Long.SIZE - 1);
  }

  @ScalarFunction(
      name = "bit_not",
      signature = "(BIGINT) -> BIGINT",
      description = "All bits turned over.",
      category = Category.NUMBERS,
      examples = {"bit_not(0) = -1"})
  public static long not(long value) {
    return ~value;
  }

  @ScalarFunction(
      name = "bit_count",
      signature = "(BIGINT) -> INT",
      description = "How many bits are set.",
      category = Category.NUMBERS,
      examples = {"bit_count(7) = 3"})
  public static int count(long value) {
    return Long.bitCount(value);
  }
}
