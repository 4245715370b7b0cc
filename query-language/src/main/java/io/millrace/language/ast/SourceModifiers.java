package io.millrace.language.ast;

import org.jspecify.annotations.Nullable;

/**
 * What follows a source, in this order.
 *
 * @param asOf FOR SYSTEM_TIME AS OF, or null
 * @param range WITHIN … PER … of an aggregation, or null
 * @param window WINDOW, or null
 * @param late LATE INTO or LATE DROP, or null
 * @param alias the name and columns under which the query knows it, or null
 * @param isUnidirectional whether only its rows trigger output of a join
 */
public record SourceModifiers(
    @Nullable Expression asOf,
    @Nullable RollupRange range,
    @Nullable WindowClause window,
    @Nullable LateClause late,
    @Nullable TableAlias alias,
    boolean isUnidirectional) {

  /** Nothing. */
  public static final SourceModifiers NONE =
      new SourceModifiers(null, null, null, null, null, false);

  /** Whether there is none but perhaps LATE INTO or LATE DROP. */
  public boolean isAtMostLate() {
    return equals(new SourceModifiers(null, null, null, late, null, false));
  }
}
