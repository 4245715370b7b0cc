package io.millrace.operators.functions;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.function.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Functions that choose among their arguments. */
public final class ConditionalFunctions {
  private ConditionalFunctions() {}

  @ScalarFunction(
      name = "greatest",
      signature = "(T, T...) -> T",
      description = "The greatest of the arguments that are not NULL; NULL if all are.",
      category = Category.CONDITIONAL,
      examples = {"greatest(1, 3, 2) = 3", "greatest('a', NULL) = 'a'", "greatest(1, 2.5) = 2.5"})
  public static @Nullable Object greatest(@Nullable Object first, @Nullable Object... others) {
    Object best = first;
    for (Object other : others) {
      if (other != null && (best == null || Comparisons.compare(other, best) > 0)) {
        best = other;
      }
    }
    return best;
  }

  @ScalarFunction(
      name = "least",
      signature = "(T, T...) -> T",
      description = "The least of the arguments that are not NULL; NULL if all are.",
      category = Category.CONDITIONAL,
      examples = {"least(3, 1, 2) = 1", "least(NULL, 'b') = 'b'"})
  public static @Nullable Object least(@Nullable Object first, @Nullable Object... others) {
    Object best = first;
    for (Object other : others) {
      if (other != null && (best == null || Comparisons.compare(other, best) < 0)) {
        best = other;
      }
    }
    return best;
  }
}
