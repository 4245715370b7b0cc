package io.millrace.runtime.circuit;

import org.jspecify.annotations.Nullable;

/**
 * What was thrown during a turn, kept until it is over: a job that fails takes no rows and no time
 * from the others.
 */
final class TurnFailures {
  private @Nullable RuntimeException first;

  void add(RuntimeException failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }

  /** Throws the first failure, with the others attached. */
  void throwIfAny() {
    RuntimeException failure = first;
    if (failure != null) {
      first = null;
      throw failure;
    }
  }
}
