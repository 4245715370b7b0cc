package io.millrace.operators.graph;

import java.util.List;

/**
 * A place in the graph of a shared job at which rows leave the part that has them, and enter the
 * part in which all are that are equal in some columns, or the first part.
 *
 * @param stream the name under which the rows leave the graph, and enter it again
 * @param step the operator that takes them, which is kept apart by these columns
 * @param columns by which columns of the rows their part is chosen; none if all go to the first
 * @param names what these are called
 * @param mayFallSilent whether a part may be idle, because all that it sends here comes from inputs
 *     that are
 */
public record ExchangePlan(
    String stream,
    GraphNode.Step step,
    List<Integer> columns,
    List<String> names,
    boolean mayFallSilent) {
  private static final String PREFIX = "exchange-";

  public ExchangePlan {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
  }

  /**
   * The exchange in front of a step. Its name follows from the step's identity: so rows that are on
   * their way when all processes are stopped are found by what they mean, as the step's state is.
   */
  static ExchangePlan of(GraphNode.Step step, List<Integer> columns, List<String> names) {
    return new ExchangePlan(PREFIX + step.identity(), step, columns, names, false);
  }

  /** The same one, whose parts may be idle. */
  ExchangePlan withSilence() {
    return new ExchangePlan(stream, step, columns, names, true);
  }
}
