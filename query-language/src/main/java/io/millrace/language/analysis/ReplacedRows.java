package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.WindowSpec;

/**
 * Makes EMIT CHANGES WITH RETRACTIONS of what is no window: the changes that would go into a table,
 * each with the row that it replaces.
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
        && source.window() instanceof WindowSpec.Unbounded
        && !source.isWindowFaulty();
  }

  /**
   * The changes with what they replace.
   *
   * @param isKnown whether no error of the query has been reported
   */
  AnalyzedQuery of(AnalyzedQuery changes, boolean isKnown) {
    PlanNode plan = changes.plan();
    if (JoinEmission.retracts(plan)) {
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
