package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;
import io.millrace.operators.join.JoinLimit;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.option.OptionValues;
import java.util.Map;

/** How many rows that wait for others may be held, as SET says. */
public final class RowLimits {
  /** The key of the number of rows that what puts rows in order may hold. */
  public static final String SORT_ROWS = "sort.max.rows";

  /** The key of what happens to a row for which there is no room there. */
  public static final String SORT_OVERFLOW = "sort.overflow";

  /** As {@link #SORT_ROWS}, of joins. */
  public static final String JOIN_ROWS = "join.max.rows";

  /** As {@link #SORT_OVERFLOW}, of joins. */
  public static final String JOIN_OVERFLOW = "join.overflow";

  /** The value with which a row for which there is no room is a late one. */
  public static final String LATE = "late";

  private RowLimits() {}

  private interface Limit<L> {
    L of(long rows, boolean isLateBeyond);
  }

  static SortLimit ofSort(ScriptPlan script) {
    return of(script, SORT_ROWS, SORT_OVERFLOW, SortLimit.NONE, SortLimit::new);
  }

  static JoinLimit ofJoins(ScriptPlan script) {
    return of(script, JOIN_ROWS, JOIN_OVERFLOW, JoinLimit.NONE, JoinLimit::new);
  }

  private static <L> L of(ScriptPlan script, String rows, String overflow, L none, Limit<L> limit) {
    Map<String, String> settings = script.settings();
    boolean isLateBeyond = LATE.equalsIgnoreCase(settings.get(overflow));
    String most = settings.get(rows);
    return most == null
        ? none
        : OptionValues.parseLong(most).map(number -> limit.of(number, isLateBeyond)).orElse(none);
  }
}
