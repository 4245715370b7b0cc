package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;
import io.millrace.operators.join.JoinLimit;

/**
 * What SET says of joins.
 *
 * @param limit how many rows they may hold of each side
 * @param isInTimeOrder whether joins WITHIN a time take rows of several source partitions in the
 *     order of their times; else as they come
 */
public record JoinSettings(JoinLimit limit, boolean isInTimeOrder) {
  /** The key of that order. */
  public static final String ORDER = "join.order";

  /** As they come: pairs are sent at once, and two runs may send them in other orders. */
  public static final String ARRIVAL = "arrival";

  /** By their times: pairs are sent in one order, when the watermark has passed them. */
  public static final String TIME = "time";

  static final JoinSettings DEFAULT = new JoinSettings(JoinLimit.NONE, false);

  /** Those of a script. */
  public static JoinSettings of(ScriptPlan script) {
    return new JoinSettings(
        RowLimits.ofJoins(script), TIME.equalsIgnoreCase(script.settings().get(ORDER)));
  }
}
