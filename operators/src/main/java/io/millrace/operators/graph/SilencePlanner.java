package io.millrace.operators.graph;

import io.millrace.operators.graph.SilencePlan.Obstacle;
import io.millrace.operators.graph.SilencePlan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds out at which exchanges of a graph parts may be idle, because the inputs that their rows
 * come from are silent, and whether others can go on without them. A part that is idle says at an
 * exchange how far the others are. So it must not hold rows in front of it, which would be sent
 * behind that; and what comes behind it must not wait for rows of other entries, which would not
 * know that it is idle.
 *
 * <pre>
 * Events, may be silent ── Filter ──► exchange ──► TumblingWindow                         yes
 * Events, may be silent ── TumblingWindow ──► exchange ──► Aggregate                      no, holds
 * Events, may be silent ──► exchange ──► Aggregate ──┐
 * Others ────────────────────────────────────────────┴── Union ── Sort                    no, meets
 * </pre>
 */
public final class SilencePlanner {
  private final OperatorGraph graph;
  private final Set<String> silent;
  private final Map<String, ExchangePlan> exchanges = new HashMap<>();
  private final List<Trace> traces = new ArrayList<>();

  /** By exchange, what goes into it. */
  private final Map<String, Trace> sent = new HashMap<>();

  /**
   * What is known of the rows of a node.
   *
   * @param silent the entries of streams that they come from, exchanges or not, which may be silent
   * @param mayBeIdle whether the watermark of the rows may be that of an idle input
   * @param holder what holds rows of idle inputs in front of the node
   * @param entries the entries that they come from, up to the last exchange
   * @param isBehind whether some have come through an exchange at which parts may be idle
   */
  private record Trace(
      Set<String> silent,
      boolean mayBeIdle,
      Optional<GraphNode.Step> holder,
      Set<String> entries,
      boolean isBehind) {
    /** Whether rows that have come through such an exchange are together with others. */
    boolean isMixed() {
      return isBehind && entries.size() > 1;
    }

    Trace and(Trace other) {
      return new Trace(
          both(silent, other.silent),
          mayBeIdle || other.mayBeIdle,
          holder.or(other::holder),
          both(entries, other.entries),
          isBehind || other.isBehind);
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
      Set<String> both = new HashSet<>(one);
      both.addAll(other);
      return both;
    }
  }

  private SilencePlanner(OperatorGraph graph, List<ExchangePlan> exchanges, Set<String> silent) {
    this.graph = graph;
    this.silent = silent;
    exchanges.forEach(exchange -> this.exchanges.put(exchange.stream(), exchange));
  }

  /**
   * Plans silence.
   *
   * @param graph that of each part
   * @param exchanges those of the graph, in its order
   * @param silent the streams whose partitions may be idle
   */
  public static SilencePlan plan(
      OperatorGraph graph, List<ExchangePlan> exchanges, Set<String> silent) {
    SilencePlanner planner = new SilencePlanner(graph, exchanges, silent);
    for (GraphNode node : graph.nodes()) {
      Optional<Obstacle> obstacle = planner.take(node);
      if (obstacle.isPresent()) {
        return new SilencePlan(exchanges, obstacle);
      }
    }
    return new SilencePlan(exchanges.stream().map(planner::found).toList(), Optional.empty());
  }

  private ExchangePlan found(ExchangePlan exchange) {
    Trace into = sent.get(exchange.stream());
    return into != null && into.mayBeIdle() ? exchange.withSilence() : exchange;
  }

  private Optional<Obstacle> take(GraphNode node) {
    if (node instanceof GraphNode.Entry entry) {
      traces.add(traceOf(entry.stream()));
      return Optional.empty();
    }
    if (node instanceof GraphNode.Step step) {
      return take(step);
    }
    if (node instanceof GraphNode.Late late) {
      GraphNode.Step step = (GraphNode.Step) graph.nodes().get(late.step());
      traces.add(traces.get(step.inputs().get(late.input())));
      return Optional.empty();
    }
    Trace trace = traces.get(((GraphNode.Exit) node).input());
    traces.add(trace);
    return leave((GraphNode.Exit) node, trace);
  }

  private Trace traceOf(String stream) {
    Trace through = sent.get(stream);
    if (through != null) {
      boolean isBehind = through.mayBeIdle() || through.isBehind();
      return new Trace(through.silent(), false, Optional.empty(), Set.of(stream), isBehind);
    }
    boolean mayBeIdle = silent.contains(stream);
    return new Trace(
        mayBeIdle ? Set.of(stream) : Set.of(), mayBeIdle, Optional.empty(), Set.of(stream), false);
  }

  /** Where rows leave: at an exchange, nothing may be behind what is said of the time. */
  private Optional<Obstacle> leave(GraphNode.Exit exit, Trace trace) {
    ExchangePlan exchange = exchanges.get(exit.stream());
    if (exchange == null) {
      return Optional.empty();
    }
    sent.put(exit.stream(), trace);
    if (trace.isMixed()) {
      return obstacle(Reason.MEETS_OTHERS, exchange.step(), trace);
    }
    return trace
        .holder()
        .filter(holder -> trace.mayBeIdle())
        .flatMap(holder -> obstacle(Reason.HOLDS_ROWS, holder, trace));
  }

  private Optional<Obstacle> take(GraphNode.Step step) {
    Trace counting = together(step, true);
    Trace all = together(step, false);
    boolean isUnion = isUnion(step);
    boolean holds = all.mayBeIdle() && step.spec().isTimeDriven() && !isUnion;
    traces.add(
        new Trace(
            all.silent(),
            counting.mayBeIdle(),
            holds ? all.holder().or(() -> Optional.of(step)) : all.holder(),
            all.entries(),
            all.isBehind()));
    return counting.isMixed() && !isUnion && needsTime(step)
        ? obstacle(Reason.MEETS_OTHERS, step, counting)
        : Optional.empty();
  }

  /** Whether a step does more than to send what it makes of a row when that comes. */
  private static boolean needsTime(GraphNode.Step step) {
    Distribution distribution = step.spec().overPartitions();
    boolean isRowwise =
        distribution instanceof Distribution.Rowwise || distribution instanceof Distribution.Spread;
    return !isRowwise || step.spec().isTimeDriven() || step.spec().followsOthers();
  }

  /** Whether a step puts rows of one turn in their order, and holds none. */
  private static boolean isUnion(GraphNode.Step step) {
    return step.inputs().size() > 1
        && !step.spec().followsOthers()
        && !step.spec().holdsTime()
        && step.spec().overPartitions() instanceof Distribution.Rowwise;
  }

  /**
   * What comes into a step.
   *
   * @param counting whether only inputs are meant whose watermark counts
   */
  private Trace together(GraphNode.Step step, boolean counting) {
    return IntStream.range(0, step.inputs().size())
        .filter(input -> !counting || step.spec().countsTimeOf(input))
        .mapToObj(input -> traces.get(step.inputs().get(input)))
        .reduce(Trace::and)
        .orElseThrow();
  }

  private static Optional<Obstacle> obstacle(Reason reason, GraphNode.Step step, Trace trace) {
    return Optional.of(new Obstacle(reason, step, trace.silent()));
  }
}
