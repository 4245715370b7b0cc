package io.millrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks that something holds for random lists of steps. A failure names its seed, which {@code
 * -Dmillrace.seed=…} runs again, and shows the steps that are left when all that can be left out is
 * left out: first halves, then quarters, and so on (Zeller and Hildebrandt, Simplifying and
 * isolating failure-inducing input, 2002).
 */
public final class Property {
  /** Where runs begin unless a seed is given: the same cases on every machine. */
  private static final long FIRST_SEED = 20_261_121;

  private static final String SEED = "millrace.seed";
  private static final int MOST_ATTEMPTS = 2_000;

  private Property() {}

  /**
   * Runs a test many times.
   *
   * @param runs how many times, each with a seed of its own
   * @param most the greatest number of steps
   * @param generator makes one step; all that is random comes from its argument
   * @param test fails by throwing; called again with other lists to shrink the first that failed,
   *     so it keeps nothing between calls
   */
  public static <T> void check(
      int runs, int most, Function<Random, T> generator, Consumer<List<T>> test) {
    Long given = Long.getLong(SEED);
    long first = given == null ? FIRST_SEED : given;
    for (int run = 0; run < (given == null ? runs : 1); run++) {
      checkOnce(first + run, most, generator, test);
    }
  }

  private static <T> void checkOnce(
      long seed, int most, Function<Random, T> generator, Consumer<List<T>> test) {
    Random random = new Random(seed);
    List<T> steps = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      steps.add(generator.apply(random));
    }
    Throwable failure = failure(test, steps);
    if (failure != null) {
      List<T> smallest = shrink(steps, test);
      Throwable cause = failure(test, smallest);
      StringBuilder message = new StringBuilder();
      message
          .append("fails with -D" + SEED + "=" + seed + ", after shrinking ")
          .append(steps.size() + " steps to " + smallest.size() + ":");
      for (T step : smallest) {
        message.append("\n  ").append(step);
      }
      throw new AssertionError(message + "\n" + cause, cause == null ? failure : cause);
    }
  }

  private static <T> List<T> shrink(List<T> steps, Consumer<List<T>> test) {
    List<T> smallest = steps;
    int attempts = 0;
    for (int part = steps.size() / 2; part > 0; part = Math.min(part / 2, smallest.size())) {
      int from = 0;
      while (from < smallest.size() && attempts++ < MOST_ATTEMPTS) {
        List<T> fewer = new ArrayList<>(smallest.subList(0, from));
        fewer.addAll(smallest.subList(Math.min(from + part, smallest.size()), smallest.size()));
        if (failure(test, fewer) == null) {
          from += part;
        } else {
          smallest = fewer;
        }
      }
    }
    return smallest;
  }

  private static <T> @Nullable Throwable failure(Consumer<List<T>> test, List<T> steps) {
    try {
      test.accept(steps);
      return null;
    } catch (AssertionError | RuntimeException failed) {
      return failed;
    }
  }
}
