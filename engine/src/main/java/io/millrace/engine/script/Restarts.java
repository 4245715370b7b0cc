package io.millrace.engine.script;

/**
 * Where a script test is interrupted beyond what it says itself: a snapshot is taken, and a fresh
 * engine goes on from it. Results must not depend on it.
 */
public enum Restarts {
  /** Only where the test says so. */
  AS_WRITTEN,
  /** Once more, in the middle of the input. */
  IN_THE_MIDDLE,
  /** Between any two lines of the input. */
  EVERYWHERE;

  /** Whether to restart before line {@code index} of {@code count}. */
  boolean isBefore(int index, int count) {
    return switch (this) {
      case AS_WRITTEN -> false;
      case IN_THE_MIDDLE -> index > 0 && index == count / 2;
      case EVERYWHERE -> index > 0;
    };
  }
}
