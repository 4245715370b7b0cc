package io.millrace.language.plan;

/** What separates the emissions of EMIT … EVERY from one another. */
public sealed interface EmissionInterval {

  /**
   * Time: the intervals {@code [k·d, (k+1)·d)} since the epoch.
   *
   * @param millis their length, positive
   */
  record Time(long millis) implements EmissionInterval {}

  /**
   * Rows.
   *
   * @param count how many, positive
   */
  record Rows(long count) implements EmissionInterval {}
}
