package io.millrace.spi.function;

import org.jspecify.annotations.Nullable;

/**
 * A lambda of the language, called with boxed internal values. What it throws goes through the
 * function that calls it.
 */
@FunctionalInterface
public interface Lambda {
  /**
   * Applies it to as many arguments as it has parameters; the second is null for a lambda of one.
   */
  @Nullable Object apply(@Nullable Object first, @Nullable Object second);
}
