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
  private final Reporter reporter;
  private final Grouping grouping;
  private final EmitClause emit;

  ChangedRowsAnalyzer(Reporter reporter, Grouping grouping, EmitClause emit) {
    this.reporter = reporter;
    this.grouping = grouping;
    this.emit = emit;
  }

  /** Whether it cannot be done, which is reported. */
  boolean refuses() {
    boolean isRefused = grouping.emission().isPresent() || emit.isWithRetractions();
    if (isRefused) {
      reporter.unsupported(UnsupportedFeature.EMIT_CHANGES_DISTINCT, emit.span());
    }
    return isRefused;
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
   * @param visible how many columns in front the result has
   * @param mayLeaveOut whether rows of groups may not come here
   */
  PlanNode changed(PlanNode rows, int visible, List<Integer> groups, boolean mayLeaveOut) {
    WindowSpec window = grouping.window();
    long forgottenAfter = 0;
    if (window.hasBounds()) {
      forgottenAfter = window.graceMillis() + 1;
    } else if (window instanceof WindowSpec.Time time && !mayLeaveOut) {
      forgottenAfter = time.sizeMillis();
    }
    return new ChangedRowsNode(rows, visible, groups, forgottenAfter, false);
  }

  /**
   * The rows of a table that differ from what their key has had before. What a window that closes
   * has sent is remembered while rows enter it.
   */
  PlanNode changedByKey(PlanNode rows) {
    WindowSpec window = grouping.window();
    KeyedChanges changes = KeyedChanges.of(rows);
    return new ChangedRowsNode(
        changes.plan(),
        rows.schema().size(),
        changes.keys(),
        window.hasBounds() ? window.graceMillis() + 1 : 0,
        true);
  }
}
