package io.millrace.language.analysis;

import io.millrace.language.plan.JoinWindows.JoinContents;
import io.millrace.language.plan.PlanNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a join.
 *
 * @param plan its rows: all columns of its sources, and their pseudo-columns
 * @param sources what it brings, over the columns of the plan
 * @param key of a table its key, in the columns of the plan; else empty
 * @param contents what is there of it, if windows are joined; else null
 */
record JoinSide(
    PlanNode plan, List<Scope.Source> sources, List<Integer> key, @Nullable JoinContents contents) {

  boolean isTable() {
    return plan.isChangelog();
  }

  int width() {
    return plan.schema().size();
  }
}
