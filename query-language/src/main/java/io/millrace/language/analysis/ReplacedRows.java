package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.WindowSpec;

/**
 * Makes EMIT CHANGES WITH RETRACTIONS where there is no window, or one that slides: the changes
 * that would go into a table, each with the row that it replaces; the rows of a window by
 * themselves.
 */
final class ReplacedRows {
  private final Reporter reporter;
  private final EmitClause emit;

  ReplacedRows(Reporter reporter, EmitClause emit) {
    this.reporter = reporter;
    this.emit = emit;
  }

  /** Whether a query over a source that is known asks for them. */
  static boolean areWanted(EmitClause emit, AnalyzedRelation source) {
    return emit.isWithRetractions()
        && emit.mode() instanceof EmitMode.Changes
        && (source.window() instanceof WindowSpec.Unbounded || source.window().isSliding())
        && !source.isWindowFaulty();
  }

  /** Whether rows are those of a window, with those that leave. */
  private static boolean hasContents(PlanNode plan) {
    return plan instanceof AggregateNode rows
        ? rows.emission() == Emission.RETRACTED_CONTENTS
        : (plan instanceof ProjectNode || plan instanceof FilterNode || plan instanceof ExplodeNode)
            && hasContents(plan.inputs().get(0));
  }

  /**
   * The changes with what they replace.
   *
   * @param isKnown whether no error of the query has been reported
   */
  AnalyzedQuery of(AnalyzedQuery changes, boolean isKnown) {
    PlanNode plan = changes.plan();
    if (JoinEmission.retracts(plan)) {
      if (((EmitMode.Changes) emit.mode()).isDistinct()) {
        reporter.error(
            "bad-emit",
            emit.span(),
            "EMIT CHANGES DISTINCT leaves rows out, so that a row that is taken back could be one"
                + " that has not been sent",
            "leave out DISTINCT or WITH RETRACTIONS");
      }
      return changes;
    }
    if (hasContents(plan)) {
      if (((EmitMode.Changes) emit.mode()).isDistinct()) {
        reporter.error(
            "bad-emit",
            emit.span(),
            "EMIT CHANGES DISTINCT leaves rows out, so that a row that leaves the window would take"
                + " back one that has not been sent",
            "leave out DISTINCT, or WITH RETRACTIONS");
      }
      return changes;
    }
    if (!plan.isChangelog()) {
      if (isKnown && !changes.isOpen()) {
        reporter.error(
            "bad-emit",
            emit.span(),
            "WITH RETRACTIONS is for results that change, but each row of this query is final when"
                + " it comes",
            "leave it out");
      }
      return changes;
    }
    KeyedChanges keyed = KeyedChanges.of(plan);
    return changes.first(plan.schema().size(), new ReplacedRowsNode(keyed.plan(), keyed.keys()));
  }
}
