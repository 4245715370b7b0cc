package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.util.SplittableRandom;
import java.util.UUID;

/** Functions whose results no two calls share: the only ones that depend on no input. */
public final class RandomFunctions {
  private RandomFunctions() {}

  @ScalarFunction(
      name = {"random", "rand"},
      signature = "() -> DOUBLE",
      description = "A random number from 0, but less than 1; another one for every row.",
      category = Category.NUMBERS,
      examples = {"floor(random()) = 0"},
      deterministic = false)
  public static double random() {
    return Math.random();
  }

  @ScalarFunction(
      name = {"random", "rand"},
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "A random whole number from the first, but less than the second.",
      category = Category.NUMBERS,
      examples = {"random(3, 4) = 3"},
      canFail = true,
      deterministic = false)
  public static long random(long from, long to) {
    if (from >= to) {
      throw new RowException("random(" + from + ", " + to + ") has no number to choose from");
    }
    long seed = (long) (Math.random() * 0x1p53);
    return new SplittableRandom(seed).nextLong(from, to);
  }

  @ScalarFunction(
      name = "uuid",
      signature = "() -> STRING",
      description = "A random UUID (version 4); another one for every row.",
      category = Category.STRINGS,
      examples = {"length(uuid()) = 36"},
      deterministic = false)
  public static String uuid() {
    return UUID.randomUUID().toString();
  }
}
