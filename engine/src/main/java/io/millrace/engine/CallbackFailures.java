package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/** What subscribers threw during a turn: kept until it is over. Used under the engine's turn. */
final class CallbackFailures {
  private @Nullable RuntimeException first;

  void add(RuntimeException failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }

  /** Attaches them to what else the turn fails with, which is given back. */
  RuntimeException attachedTo(RuntimeException failure) {
    RuntimeException own = first;
    if (own != null && own != failure) {
      failure.addSuppressed(own);
    }
    first = null;
    return failure;
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
