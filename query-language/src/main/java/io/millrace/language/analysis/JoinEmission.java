package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinNode.Unmatched;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternNode.Early;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES of the rows of joins: what has no match is sent at once, instead of when none can
 * come any more; and of those of patterns (see {@link PatternEmission}).
 */
final class JoinEmission {
  private JoinEmission() {}

  /** Whether rows of FROM, maybe filtered, are those of a join or pattern that waits. */
  static boolean mayWait(PlanNode rows) {
    if (rows instanceof PatternNode pattern) {
      return PatternEmission.mayWait(pattern.pattern());
    }
    return passes(rows)
        ? mayWait(rows.inputs().get(0))
        : rows instanceof JoinNode join
            && (join.mayWaitForMatches() || join.inputs().stream().anyMatch(JoinEmission::goesOn));
  }

  /** Whether rows of FROM that might wait do not, because of EMIT CHANGES. */
  static boolean areSentAtOnce(PlanNode rows, @Nullable EmitClause emit) {
    return emit != null && emit.mode() instanceof EmitMode.Changes && mayWait(rows);
  }

  private static boolean passes(PlanNode rows) {
    return rows instanceof FilterNode || rows instanceof ExplodeNode;
  }

  /** Whether the side of a join is a join that waits. */
  private static boolean goesOn(PlanNode side) {
    return side instanceof LateIntoNode late
        ? goesOn(late.input())
        : side instanceof ProjectNode project && mayWait(project.input());
  }

  /** Whether the rows of a query take others back because those of a join or pattern do. */
  static boolean retracts(PlanNode plan) {
    if (plan instanceof PatternNode pattern) {
      return pattern.early() == Early.SENT_AND_RETRACTED;
    }
    return plan instanceof JoinNode join
        ? join.unmatched() == Unmatched.AT_ONCE_AND_RETRACTED
        : (passes(plan) || plan instanceof ProjectNode) && retracts(plan.inputs().get(0));
  }

  /** Whether the side of a join is a join of the same FROM whose rows take others back. */
  static boolean goesOnRetracting(PlanNode side) {
    if (side instanceof LateIntoNode late) {
      return goesOnRetracting(late.input());
    }
    return side instanceof ProjectNode project && isRetracting(project.input());
  }

  /** Whether rows of FROM, not of a query inside it, are those of a join that takes rows back. */
  private static boolean isRetracting(PlanNode rows) {
    return passes(rows)
        ? isRetracting(rows.inputs().get(0))
        : rows instanceof JoinNode join && join.unmatched() == Unmatched.AT_ONCE_AND_RETRACTED;
  }

  /**
   * The rows of FROM as a query without aggregates sends them.
   *
   * @param retracts whether it is one WITH RETRACTIONS
   */
  static PlanNode sent(PlanNode rows, @Nullable EmitClause emit, boolean retracts) {
    if (emit == null || !areSentAtOnce(rows, emit)) {
      return rows;
    }
    if (passes(rows)) {
      return rows.withInputs(List.of(sent(rows.inputs().get(0), emit, retracts)));
    }
    if (rows instanceof PatternNode pattern) {
      return pattern.withEarly(retracts ? Early.SENT_AND_RETRACTED : Early.SENT);
    }
    JoinNode join = (JoinNode) rows;
    List<PlanNode> sides =
        join.inputs().stream().map(side -> sentSide(side, emit, retracts)).toList();
    return ((JoinNode) join.withInputs(sides))
        .withUnmatched(retracts ? Unmatched.AT_ONCE_AND_RETRACTED : Unmatched.AT_ONCE);
  }

  private static PlanNode sentSide(PlanNode side, EmitClause emit, boolean retracts) {
    if (!goesOn(side)) {
      return side;
    }
    PlanNode below = side.inputs().get(0);
    return side.withInputs(
        List.of(
            side instanceof LateIntoNode
                ? sentSide(below, emit, retracts)
                : sent(below, emit, retracts)));
  }
}
