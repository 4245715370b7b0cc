package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;

/** Start and end of a window in the rows that are made of its groups. */
public final class WindowBounds {
  private WindowBounds() {}

  /**
   * Whether rows are those of windows that close, as they are sent: then the time of each row is
   * the last moment of its window.
   */
  public static boolean areOf(PlanNode rows) {
    return rows instanceof AggregateNode groups
        ? groups.window().hasBounds()
        : passesRows(rows) && areOf(rows.inputs().get(0));
  }

  /** Whether a column is WINDOW_START or WINDOW_END, by whatever name. */
  public static boolean isOne(PlanNode rows, int column) {
    if (rows instanceof AggregateNode groups) {
      int start =
          groups.partitionKeys().size() + groups.groupKeys().size() + groups.aggregates().size();
      return groups.window().hasBounds() && (column == start || column == start + 1);
    }
    if (rows instanceof ProjectNode project) {
      return project.expressions().get(column).expression() instanceof ColumnReference reference
          && isOne(project.input(), reference.index());
    }
    return passesRows(rows) && isOne(rows.inputs().get(0), column);
  }

  /** Whether what a node gives are rows of its only input, each with its time. */
  private static boolean passesRows(PlanNode node) {
    return node instanceof ProjectNode
        || node instanceof FilterNode
        || node instanceof WantedGroupsNode
        || node instanceof OrderNode
        || node instanceof ChangedRowsNode;
  }
}
