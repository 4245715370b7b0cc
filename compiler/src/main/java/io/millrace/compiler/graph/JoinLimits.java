package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;
import io.millrace.operators.join.JoinLimit;
import io.millrace.spi.option.OptionValues;
import java.util.Map;

/** How many rows joins may hold, as SET says. */
public final class JoinLimits {
  /** The key of the number of rows. */
  public static final String ROWS = "join.max.rows";

  /** The key of what happens to a row for which there is no room. */
  public static final String OVERFLOW = "join.overflow";

  /** The value of {@link #OVERFLOW} with which such a row is a late one. */
  public static final String LATE = "late";

  private JoinLimits() {}

  static JoinLimit of(ScriptPlan script) {
    Map<String, String> settings = script.settings();
    boolean isLateBeyond = LATE.equalsIgnoreCase(settings.get(OVERFLOW));
    String rows = settings.get(ROWS);
    return rows == null
        ? JoinLimit.NONE
        : OptionValues.parseLong(rows)
            .map(most -> new JoinLimit(most, isLateBeyond))
            .orElse(JoinLimit.NONE);
  }
}
