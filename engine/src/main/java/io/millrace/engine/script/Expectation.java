package io.millrace.engine.script;

import java.util.List;
import java.util.Set;

/** What a test expects. */
sealed interface Expectation {

  /**
   * Rows.
   *
   * @param isUnordered whether their order does not matter
   * @param streams the streams that are compared, in lower case; empty for all
   */
  record Rows(List<ExpectedRow> rows, boolean isUnordered, Set<String> streams)
      implements Expectation {
    public Rows {
      rows = List.copyOf(rows);
      streams = Set.copyOf(streams);
    }
  }

  /**
   * A refusal.
   *
   * @param parts each must be part of the message
   */
  record Refusal(List<String> parts) implements Expectation {
    public Refusal {
      parts = List.copyOf(parts);
    }
  }
}
