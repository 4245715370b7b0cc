package io.millrace.operators.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the parts of a graph do without those whose inputs are silent.
 *
 * @param exchanges those of the graph, with what is known of silence
 * @param obstacle what is in the way, if anything is
 */
public record SilencePlan(List<ExchangePlan> exchanges, Optional<Obstacle> obstacle) {
  public SilencePlan {
    exchanges = List.copyOf(exchanges);
  }

  /** Why parts cannot do without others. */
  public enum Reason {
    /**
     * A step holds rows of silent inputs in front of an exchange: they would be sent when the
     * others have gone on without them.
     */
    HOLDS_ROWS,
    /**
     * A step needs the time of rows that have come through an exchange together with that of
     * others: those others would have to wait for the silent inputs of the exchange, or its rows
     * would come after they have gone on.
     */
    MEETS_OTHERS
  }

  /**
   * A step that is in the way.
   *
   * @param silent the entries that may be silent
   */
  public record Obstacle(Reason reason, GraphNode.Step step, Set<String> silent) {
    public Obstacle {
      silent = Set.copyOf(silent);
    }
  }
}
