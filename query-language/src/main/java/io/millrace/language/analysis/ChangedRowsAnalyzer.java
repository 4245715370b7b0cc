package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;

/** Makes EMIT CHANGES DISTINCT, which leaves out what a group has sent last (LANGUAGE 5.1). */
final class ChangedRowsAnalyzer {
  private final Grouping grouping;
  private final EmitClause emit;

  ChangedRowsAnalyzer(Grouping grouping, EmitClause emit) {
    this.grouping = grouping;
    this.emit = emit;
  }

  /**
   * Adds what is compared beside the columns that are shown: the number of a batch, which begins
   * anew.
   *
   * @return how many columns in front are compared
   */
  int compared(List<ResultColumn> columns) {
    ResultColumn.places(
        grouping.emission().map(List::of).orElse(List.of()), columns, "batch_", emit.span());
    return columns.size();
  }

  /**
   * The columns that tell the groups of a query apart, those of each window.
   *
   * @param keys the expressions of the keys
   * @param columns the result; keys that it does not have are added behind
   */
  List<Integer> groups(List<RowExpression> keys, List<ResultColumn> columns) {
    List<RowExpression> all = new ArrayList<>(keys);
    grouping.findPseudoColumn(Grouping.WINDOW_START).ifPresent(all::add);
    grouping.findPseudoColumn(Grouping.WINDOW_END).ifPresent(all::add);
    return ResultColumn.places(all, columns, "group_", emit.span());
  }

  /**
   * The rows that differ from what their group has sent last. What a group of TIME has sent is
   * remembered while it may hold rows, that of a window that closes while rows enter it. A group of
   * TIME may hold rows long after the last one that a filter lets through, or for which the select
   * list does not fail.
   *
   * @param compared how many columns in front are compared
   * @param mayLeaveOut whether rows of groups may not come here
   */
  PlanNode changed(PlanNode rows, int compared, List<Integer> groups, boolean mayLeaveOut) {
    WindowSpec window = grouping.window();
    long forgottenAfter = 0;
    if (window.hasBounds()) {
      forgottenAfter = window.graceMillis() + 1;
    } else if (window instanceof WindowSpec.Time time && !mayLeaveOut) {
      forgottenAfter = time.sizeMillis();
    }
    return new ChangedRowsNode(rows, compared, groups, forgottenAfter, false);
  }

  /** Rows that take others back, without those that replace one by an equal one. */
  static PlanNode changedPairs(PlanNode rows) {
    return new ChangedRowsNode(rows, rows.schema().size(), List.of(), 0, false);
  }

  /**
   * The rows of a table that differ from what their key has had before. What a window that closes
   * has sent is remembered while rows enter it.
   */
  PlanNode changedByKey(PlanNode rows) {
    return changedByKey(rows, false);
  }

  /** As {@link #changedByKey}, of a sliding window each change by itself. */
  PlanNode changedEach(PlanNode rows) {
    return changedByKey(rows, EmissionAnalyzer.showsWhatLeaves(grouping.window()));
  }

  private PlanNode changedByKey(PlanNode rows, boolean areEach) {
    WindowSpec window = grouping.window();
    KeyedChanges changes = KeyedChanges.of(rows);
    return new ChangedRowsNode(
        areEach ? BegunRows.eachChange(changes.plan()) : changes.plan(),
        rows.schema().size(),
        changes.keys(),
        window.hasBounds() ? window.graceMillis() + 1 : 0,
        true);
  }
}
