package io.millrace.language.plan;

/** A statement that asks for something to be shown. */
public sealed interface ShowRequest {

  /** {@code SHOW STREAMS} and its like. */
  record ShowAll(Kind kind) implements ShowRequest {}

  /** {@code DESCRIBE name}, of a stream, function or connector. */
  record Describe(Kind kind, String name) implements ShowRequest {}

  /** {@code EXPLAIN query}. */
  record Explain(Level level, QueryPlan query) implements ShowRequest {}

  /**
   * {@code EXPLAIN ANALYZE query}: the query runs as one of the script's, and what its operators
   * have done is shown when the job is over.
   *
   * @param query its name
   */
  record Analyze(String query) implements ShowRequest {}

  /** What is shown. */
  enum Kind {
    STREAMS,
    TABLES,
    QUERIES,
    FUNCTIONS,
    CONNECTORS
  }

  /** How deep an explanation goes. */
  enum Level {
    LOGICAL,
    PHYSICAL,
    CODE
  }
}
