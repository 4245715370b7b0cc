package io.millrace.operators.window;

/**
 * Windows one behind the other without gaps: pure arithmetic on time in milliseconds. Windows may
 * begin before the epoch.
 */
public sealed interface WindowGrid permits WindowAssigner, CronWindows {
  /**
   * The start of the window that {@code time} is in; the beginning of time if there is none behind
   * it.
   */
  long start(long time);

  /**
   * The end of the window that begins at {@code start}; the end of time if there is none before.
   */
  long end(long start);

  /** The windows, for EXPLAIN PHYSICAL. */
  String describe();
}
