package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.option.OptionValues;
import java.util.Map;

/** How many rows what puts rows in order may hold, as SET says. */
public final class SortLimits {
  /** The key of the number of rows. */
  public static final String ROWS = "sort.max.rows";

  /** The key of what happens to a row for which there is no room. */
  public static final String OVERFLOW = "sort.overflow";

  /** The value of {@link #OVERFLOW} with which such a row is a late one. */
  public static final String LATE = "late";

  private SortLimits() {}

  static SortLimit of(ScriptPlan script) {
    Map<String, String> settings = script.settings();
    boolean isLateBeyond = LATE.equalsIgnoreCase(settings.get(OVERFLOW));
    String rows = settings.get(ROWS);
    return rows == null
        ? SortLimit.NONE
        : OptionValues.parseLong(rows)
            .map(most -> new SortLimit(most, isLateBeyond))
            .orElse(SortLimit.NONE);
  }
}
