package io.millrace.language.analysis;

import io.millrace.language.ast.OrderClause;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WindowSpec;
import java.util.stream.Collectors;

/** Checks that ORDER BY and LIMIT stand where an emission has several rows (LANGUAGE 5.1). */
final class EmissionOrder {
  private static final String CODE = "bad-order";
  private final Reporter reporter;
  private final OrderClause order;

  EmissionOrder(Reporter reporter, OrderClause order) {
    this.reporter = reporter;
    this.order = order;
  }

  /** Reports a query that sends single rows. */
  void check(PlanNode query) {
    PlanNode node = query;
    boolean areRows = false;
    while (node instanceof DistinctNode
        || node instanceof ExplodeNode
        || node instanceof ProjectNode
        || node instanceof FilterNode
        || node instanceof WantedGroupsNode) {
      areRows |= node instanceof ExplodeNode;
      node = node.inputs().get(0);
    }
    if (!(node instanceof AggregateNode groups) || sendsEach(groups)) {
      reporter.error(
          CODE,
          order.span(),
          clause() + " is for rows that are sent together, but here each row is sent by itself",
          node instanceof AggregateNode revised && revised.window() instanceof WindowSpec.Revised
              ? "use EMIT FINAL, which sends all rows of a window together and once"
              : "use a window that closes, such as TUMBLING (1 MIN), or snapshots with EMIT EVERY");
    } else if (groups.groupKeys().isEmpty() && !areRows) {
      String keys =
          groups.partitionKeys().stream().map(key -> key.name()).collect(Collectors.joining(", "));
      reporter.error(
          CODE,
          order.span(),
          clause()
              + " is for rows that are sent together, but here a "
              + (isSnapshot(groups.window()) ? "snapshot has " : "window sends ")
              + (keys.isEmpty() ? "one row" : "one row for each partition"),
          keys.isEmpty()
              ? "add GROUP BY"
              : "GROUP BY " + keys + " instead of PARTITION BY sends the rows of all together");
    }
  }

  private static boolean isSnapshot(WindowSpec window) {
    return window.coversAll() || window instanceof SlidingSnapshots;
  }

  private static boolean sendsEach(AggregateNode groups) {
    return groups.emission() != Emission.FINAL && groups.emission() != Emission.LOOKS;
  }

  private String clause() {
    return order.items().isEmpty() ? "LIMIT" : "ORDER BY";
  }
}
