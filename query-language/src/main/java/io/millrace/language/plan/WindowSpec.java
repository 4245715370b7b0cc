package io.millrace.language.plan;

/** A window. A closed family; sizes are milliseconds or numbers of rows, and positive. */
public sealed interface WindowSpec {

  /** No window: everything since the start. */
  record Unbounded() implements WindowSpec {}

  /**
   * {@code [start, start + size)}, starts at {@code offset + k * size}; may begin before the epoch.
   *
   * @param sizeMillis the length
   * @param offsetMillis shifts the starts, {@code 0 <= offset < size}
   * @param graceMillis how long behind the end late rows are taken
   */
  record Tumbling(long sizeMillis, long offsetMillis, long graceMillis) implements WindowSpec {}

  /** The last rows of each partition key, {@code rows} of them at most. */
  record Length(long rows) implements WindowSpec {}
}
