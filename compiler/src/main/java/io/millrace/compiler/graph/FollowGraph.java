package io.millrace.compiler.graph;

import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.operators.follow.FollowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which inputs of a query go on with the others while they are silent: those that may be idle, and
 * whose rows are held by something in front of what merges them with others. Else that would leave
 * them out while their rows are still to come.
 *
 * <pre>
 * A ─┬─ Follow B while A is silent ── Sort ── Window ──┐
 *    │            │                                    Join
 * B ─┴────────────┴────────────────── Sort ── Window ──┘
 * </pre>
 */
final class FollowGraph {
  /** In place of a lag: others never bring any time. */
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final GraphBuilder graph;
  private final QueryPlan query;
  private final StateIdentities identities;

  /** The streams of the query whose time counts, by the place at which they are first read. */
  private final Map<String, ScanNode> streams = new LinkedHashMap<>();

  /** The streams whose rows something holds in front of what merges them. */
  private final Set<String> held = new HashSet<>();

  private final Map<String, Integer> built = new HashMap<>();
  private boolean isAligned;

  FollowGraph(GraphBuilder graph, QueryPlan query, StateIdentities identities) {
    this.graph = graph;
    this.query = query;
    this.identities = identities;
    collect(query.root(), false, false);
  }

  /**
   * Notes the streams below a node.
   *
   * @param isMerged whether something above it merges its rows with others
   * @param isHeld whether something in front of that may hold them
   */
  private void collect(PlanNode node, boolean isMerged, boolean isHeld) {
    if (node instanceof ScanNode scan && !scan.stream().isTable()) {
      streams.putIfAbsent(scan.stream().name(), scan);
      if (isHeld) {
        held.add(scan.stream().name());
      }
    }
    isAligned |= node instanceof AlignNode;
    boolean merges = isMerged || merges(node);
    for (PlanNode input : node.inputs()) {
      collect(input, merges, isHeld || (isMerged && mayHold(node)));
    }
  }

  private static boolean merges(PlanNode node) {
    return node instanceof UnionNode || isJoinOfStreams(node);
  }

  private static boolean mayHold(PlanNode node) {
    boolean passes =
        node instanceof FilterNode
            || node instanceof ProjectNode
            || node instanceof ExplodeNode
            || node instanceof LateIntoNode
            || node instanceof UnionNode
            || (node instanceof JoinNode && !isJoinOfStreams(node));
    return !passes;
  }

  private static boolean isJoinOfStreams(PlanNode node) {
    return node instanceof JoinNode join && !(join.method() instanceof JoinTable);
  }

  /**
   * The node that gives the rows of a stream in this query.
   *
   * @param rows the node that gives them
   */
  int build(ScanNode scan, int rows) {
    String name = scan.stream().name();
    if (isAligned || !held.contains(name) || !graph.mayBeIdle(rows)) {
      return rows;
    }
    Integer known = built.get(name);
    if (known == null) {
      known = follow(scan, rows);
      built.put(name, known);
    }
    return known;
  }

  private int follow(ScanNode scan, int rows) {
    List<Integer> inputs = new ArrayList<>(List.of(rows));
    List<String> names = new ArrayList<>(List.of(scan.stream().name()));
    for (ScanNode other : streams.values()) {
      int node = graph.stream(other.stream());
      if (!inputs.contains(node)) {
        inputs.add(node);
        names.add(other.stream().name());
      }
    }
    long lag = lagOfOthers(query.root(), scan);
    return graph.leavesOutIdle(inputs) && lag < UNBOUNDED
        ? graph.step(
            new FollowSpec(graph.schema(rows), names, lag),
            inputs,
            query.place(),
            query.name(),
            identities.ofRewritten("follow", scan))
        : rows;
  }

  /** How far the watermark of other streams is behind, at most, where they meet this one. */
  private static long lagOfOthers(PlanNode node, ScanNode scan) {
    long lag = 0;
    for (PlanNode input : node.inputs()) {
      lag = Math.max(lag, lagOfOthers(input, scan));
    }
    return reads(node, scan) ? lag : sum(lag, lagOf(node));
  }

  private static long lagOf(PlanNode node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.timeoutMillis();
    }
    if (node instanceof JoinNode join && join.method() instanceof JoinBounds bounds) {
      return bounds.isUnbounded()
          ? UNBOUNDED
          : sum(bounds.beforeMillis(), sum(bounds.afterMillis(), bounds.graceMillis()));
    }
    if (node instanceof AnalyticNode analytic) {
      return analytic.parts().stream()
          .flatMap(part -> part.frames().stream())
          .filter(framed -> framed.frame().isRange())
          .mapToLong(framed -> Math.max(0, framed.frame().end()))
          .max()
          .orElse(0);
    }
    return 0;
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? UNBOUNDED : sum;
  }

  private static boolean reads(PlanNode node, ScanNode scan) {
    return node instanceof ScanNode other
        ? other.stream().name().equals(scan.stream().name())
        : node.inputs().stream().anyMatch(input -> reads(input, scan));
  }
}
