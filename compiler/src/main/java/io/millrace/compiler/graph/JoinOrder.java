package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;

/** The order in which joins WITHIN a time take rows of several source partitions, as SET says. */
public final class JoinOrder {
  /** The key of the setting. */
  public static final String KEY = "join.order";

  /** As they come: pairs are sent at once, and two runs may send them in other orders. */
  public static final String ARRIVAL = "arrival";

  /** By their times: pairs are sent in one order, when the watermark has passed them. */
  public static final String TIME = "time";

  private JoinOrder() {}

  static boolean isOfTime(ScriptPlan script) {
    return TIME.equalsIgnoreCase(script.settings().get(KEY));
  }
}
