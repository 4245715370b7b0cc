package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * A node of a query's plan. Rows flow from {@link #inputs} to the node; {@link #schema} is what
 * comes out. Every row has an event time and, in change logs, a kind. Immutable, equal by content.
 */
public sealed interface PlanNode
    permits ScanNode,
        FilterNode,
        ProjectNode,
        UnionNode,
        JoinNode,
        ExplodeNode,
        DistinctNode,
        SpreadNode,
        SortNode,
        SequenceNode,
        AlignNode,
        DelayNode,
        AggregateNode,
        BegunRowsNode,
        AnalyticNode,
        PatternNode,
        RankNode,
        OverNode,
        WholeRowsNode,
        WantedGroupsNode,
        NewestByKeyNode,
        ReplacedRowsNode,
        EventsNode,
        OrderNode,
        RateLimitNode,
        ChangedRowsNode,
        LateIntoNode,
        LateRowsNode {

  Schema schema();

  List<PlanNode> inputs();

  /** The same node over other inputs of the same schemas. */
  PlanNode withInputs(List<PlanNode> inputs);

  /** Whether its rows are changes of a result by key (upserts and deletions), not events. */
  boolean isChangelog();

  <R> R accept(PlanVisitor<R> visitor);
}
