package io.millrace.language.analysis;

import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SpreadNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows with the routes of late ones among them. Through filters and projections the routes go on
 * with what they need of the rows; what a query makes of several rows, or several of one, has none.
 *
 * @param plan has what the routes need behind its columns
 */
record LateRoutes(PlanNode plan, LateRows rows) {
  /** Rows of which late ones go nowhere. */
  static LateRoutes none(PlanNode plan) {
    return new LateRoutes(plan, LateRows.DROPPED);
  }

  /** The rows of a query over a source, if each of them is one row of that source. */
  static LateRoutes of(PlanNode query, AnalyzedRelation source) {
    boolean areThere =
        !source.late().areDropped() && !source.hasWindow() && !source.plan().isChangelog();
    return areThere
        ? through(query, new LateRoutes(source.plan(), source.late())).orElseGet(() -> none(query))
        : none(query);
  }

  private static Optional<LateRoutes> through(PlanNode node, LateRoutes source) {
    if (node.equals(source.plan)) {
      return Optional.of(source);
    }
    if (node instanceof FilterNode || node instanceof SpreadNode) {
      return through(node.inputs().get(0), source)
          .map(it -> new LateRoutes(node.withInputs(List.of(it.plan)), it.rows));
    }
    return node instanceof ProjectNode project
        ? through(project.input(), source).map(it -> it.projected(project.expressions()))
        : Optional.empty();
  }

  private LateRoutes projected(List<NamedExpression> columns) {
    List<NamedExpression> all = new ArrayList<>(columns);
    LateRows moved = rows.map(route -> route.through(all));
    return new LateRoutes(new ProjectNode(plan, all), moved);
  }
}
