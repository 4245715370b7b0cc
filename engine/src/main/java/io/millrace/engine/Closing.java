package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/** Closes things one by one, the others also where one fails. Used by one thread. */
final class Closing {
  private @Nullable RuntimeException first;

  /** Closes one more thing. */
  Closing then(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException e) {
      if (first == null) {
        first = e;
      } else if (first != e) {
        first.addSuppressed(e);
      }
    }
    return this;
  }

  /** Throws the first failure, with the others attached. */
  void finish() {
    if (first != null) {
      throw first;
    }
  }
}
