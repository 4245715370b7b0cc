package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The analytic functions of a query with groups, which look at its groups: it is the same as if
 * these were a query in FROM.
 */
record OverGroups(
    Analytics analytics, List<RowExpression> partition, Optional<RowExpression> qualify) {

  /**
   * Takes what is said of the rows that are grouped for the groups.
   *
   * @param rewriting has to be told of all expressions before the groups are planned
   */
  static OverGroups of(
      Analytics analytics,
      SelectAnalyzer.Keys keys,
      Optional<RowExpression> qualify,
      GroupedExpressions rewriting) {
    if (analytics.isEmpty()) {
      return new OverGroups(analytics, List.of(), Optional.empty());
    }
    UnaryOperator<RowExpression> change =
        expression -> rewriting.rewrite(expression, analytics.span());
    return new OverGroups(
        analytics.ofGroups(change),
        keys.partition().stream().map(change).toList(),
        qualify.map(change));
  }

  /** The result, without the functions where they are not those of groups, after a report. */
  PlanNode project(PlanNode groups, List<ResultColumn> columns) {
    return analytics.isEmpty()
        ? new ProjectNode(groups, ResultColumn.named(columns))
        : analytics.project(UnaryOperator.identity(), groups, partition, qualify, columns);
  }
}
