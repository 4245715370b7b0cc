package io.millrace.operators.graph;

import io.millrace.operators.graph.PartitionPlan.Obstacle;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Finds out how each partition of the inputs can go through a graph of its own. Rows of one key are
 * in one partition; so operators that are kept apart by all columns of the key, and maybe by
 * others, are content with one. In front of those that are kept apart by other columns, rows are
 * exchanged: they leave the graph, and enter that of the part in which all are that are equal in
 * these; in front of those that need all rows, that of the first part.
 *
 * <pre>
 * Trades, key symbol ── Filter ── TumblingWindow by symbol, side           a group has one symbol
 * Trades, key symbol ── Filter ──► exchange by side ──► TumblingWindow by side
 * Trades, key symbol ── Filter ──► exchange ──► Sort                       all in the first part
 * </pre>
 */
public final class PartitionPlanner {
  /**
   * Distinguishes the state of an operator behind an exchange, which lies in other parts, from that
   * of the same operator without one.
   */
  private static final String EXCHANGED = "x";

  private final Map<String, List<Integer>> keys;
  private final BiPredicate<String, String> haveSameKeys;
  private final OperatorGraph graph;

  /** The nodes of the new graph, and where the key of each one's rows is. */
  private final List<GraphNode> nodes = new ArrayList<>();

  private final List<Trace> traces = new ArrayList<>();

  /** For each node of the given graph its number in the new one. */
  private final List<Integer> places = new ArrayList<>();

  /** By step of the given graph, for each input where the key of the rows is that it takes. */
  private final Map<Integer, List<Trace>> taken = new HashMap<>();

  private final List<ExchangePlan> exchanges = new ArrayList<>();

  /** By exchange, the types of the columns by which it spreads rows. */
  private final Map<String, List<DataType>> types = new HashMap<>();

  /**
   * Where the key of a node's rows is.
   *
   * @param entries the entries that its rows come from; equal keys of them are in partitions of
   *     equal number
   * @param parts how many columns the key has; 0 if there is none, or it differs
   * @param columns for each column which column of the key it is, or -1
   * @param where in which parts the rows are
   */
  private record Trace(Set<String> entries, int parts, List<Integer> columns, Where where) {
    Trace through(List<Integer> sources) {
      return new Trace(
          entries,
          parts,
          sources.stream().map(source -> source < 0 ? -1 : columns.get(source)).toList(),
          where);
    }

    /** Whether rows that are equal in some columns are in one part. */
    boolean hasKeyIn(List<Integer> wanted) {
      if (where == Where.FIRST) {
        return true;
      }
      Set<Integer> found = new HashSet<>();
      wanted.forEach(column -> found.add(columns.get(column)));
      return parts > 0 && IntStream.range(0, parts).allMatch(found::contains);
    }
  }

  /** In which parts rows are. */
  private enum Where {
    /** In all of them. */
    ALL,
    /** In the first one: the others never hear of any, nor of the watermark. */
    FIRST,
    /**
     * Some in all of them, others in the first one: together they can only go their own ways, as
     * the watermark of both stands still in the others.
     */
    MIXED
  }

  private PartitionPlanner(
      OperatorGraph graph,
      Map<String, List<Integer>> keys,
      BiPredicate<String, String> haveSameKeys) {
    this.graph = graph;
    this.keys = keys;
    this.haveSameKeys = haveSameKeys;
  }

  /**
   * Plans the parts of a graph.
   *
   * @param keys for each entry, by the name of its stream, the columns of its key; may be none
   * @param haveSameKeys whether equal keys of two entries are in partitions of equal number
   */
  public static PartitionPlan plan(
      OperatorGraph graph,
      Map<String, List<Integer>> keys,
      BiPredicate<String, String> haveSameKeys) {
    return new PartitionPlanner(graph, keys, haveSameKeys).plan();
  }

  private PartitionPlan plan() {
    for (GraphNode node : graph.nodes()) {
      Optional<Obstacle> obstacle = take(node);
      if (obstacle.isPresent()) {
        return new PartitionPlan(graph, List.of(), obstacle);
      }
    }
    return new PartitionPlan(new OperatorGraph(nodes), exchanges, Optional.empty());
  }

  private Optional<Obstacle> take(GraphNode node) {
    int id = nodes.size();
    if (node instanceof GraphNode.Step step) {
      return take(step);
    }
    if (node instanceof GraphNode.Entry entry) {
      add(new GraphNode.Entry(id, entry.stream(), entry.schema()), traceOf(entry));
    } else if (node instanceof GraphNode.Exit exit) {
      int input = places.get(exit.input());
      add(new GraphNode.Exit(id, exit.stream(), input, exit.schema()), traces.get(input));
    } else if (node instanceof GraphNode.Late late) {
      Trace ofStep = Objects.requireNonNull(taken.get(late.step())).get(late.input());
      add(
          new GraphNode.Late(id, places.get(late.step()), late.input(), late.schema()),
          ofStep.through(Distribution.withOneMore(ofStep.columns().size())));
    }
    places.add(id);
    return Optional.empty();
  }

  private Trace traceOf(GraphNode.Entry entry) {
    List<Integer> key = keys.getOrDefault(entry.stream(), List.of());
    return new Trace(
        Set.of(entry.stream()),
        key.size(),
        IntStream.range(0, entry.schema().size()).map(key::indexOf).boxed().toList(),
        Where.ALL);
  }

  private Optional<Obstacle> take(GraphNode.Step step) {
    Distribution distribution = step.spec().overPartitions();
    if (distribution instanceof Distribution.KeyedPairs pairs) {
      return takePairs(step, pairs);
    }
    Trace input = input(step);
    if (input.where() == Where.MIXED && !isTimeless(step, distribution)) {
      return Optional.of(new Obstacle(step, input.entries(), gathered(input)));
    }
    if (distribution instanceof Distribution.Rowwise rowwise) {
      place(step, input, rowwise.sources());
    } else if (distribution instanceof Distribution.Spread spread) {
      place(step, input, spread.sources());
    } else {
      return takeTogether(step, input, distribution);
    }
    return Optional.empty();
  }

  /**
   * Whether a step sends what it sends of each row in the turn of that row, whatever the watermark
   * is: row by row, or as a union, which puts the rows of a turn into their order.
   */
  private static boolean isTimeless(GraphNode.Step step, Distribution distribution) {
    boolean isRowwise =
        distribution instanceof Distribution.Rowwise || distribution instanceof Distribution.Spread;
    return isRowwise && (step.inputs().size() > 1 || !step.spec().isTimeDriven());
  }

  /**
   * Takes a step that needs the rows of two inputs together whose keys are equal: they are, where
   * the key of the partitions is part of that which is compared.
   */
  private Optional<Obstacle> takePairs(GraphNode.Step step, Distribution.KeyedPairs pairs) {
    Trace left = traces.get(places.get(step.inputs().get(0)));
    Trace right = traces.get(places.get(step.inputs().get(1)));
    boolean areFirst = left.where() == Where.FIRST && right.where() == Where.FIRST;
    boolean areTogether =
        left.where() == Where.ALL
            && right.where() == Where.ALL
            && haveSameKeys(left, right)
            && IntStream.range(0, left.parts())
                .allMatch(part -> compares(pairs, left, right, part));
    Set<String> entries = new HashSet<>(left.entries());
    entries.addAll(right.entries());
    if (!areFirst && !areTogether) {
      return Optional.of(new Obstacle(step, entries, List.of()));
    }
    List<Integer> ofLeft = left.through(pairs.leftSources()).columns();
    List<Integer> ofRight = right.through(pairs.rightSources()).columns();
    List<Integer> columns =
        IntStream.range(0, ofLeft.size())
            .map(column -> Math.max(ofLeft.get(column), ofRight.get(column)))
            .boxed()
            .toList();
    Trace joined = new Trace(entries, areTogether ? left.parts() : 0, columns, left.where());
    taken.put(step.id(), List.of(left, right));
    List<Integer> inputs = step.inputs().stream().map(places::get).toList();
    place(step, inputs, step.identity(), joined);
    return Optional.empty();
  }

  /** Whether a part of the key of the partitions is compared on both sides. */
  private static boolean compares(
      Distribution.KeyedPairs pairs, Trace left, Trace right, int part) {
    return IntStream.range(0, pairs.left().size())
        .anyMatch(
            i ->
                left.columns().get(pairs.left().get(i)) == part
                    && right.columns().get(pairs.right().get(i)) == part);
  }

  /** Takes a step of which each instance needs all rows of its keys, or all rows. */
  private Optional<Obstacle> takeTogether(
      GraphNode.Step step, Trace input, Distribution distribution) {
    List<Integer> none = Collections.nCopies(step.schema().size(), -1);
    List<Integer> keys = distribution instanceof Distribution.Keyed it ? it.keys() : List.of();
    List<Integer> sources = distribution instanceof Distribution.Keyed it ? it.sources() : none;
    if (input.hasKeyIn(keys) && !step.spec().holdsTime()) { // that wants an input of one partition
      place(step, input, sources);
    } else if (step.spec().retimes().isEmpty() && mayExchange(step, input)) {
      exchange(step, keys.stream().distinct().toList(), sources);
    } else {
      return Optional.of(new Obstacle(step, input.entries(), List.of()));
    }
    return Optional.empty();
  }

  /** The exchanges that rows have come through which are in the first part alone. */
  private List<ExchangePlan> gathered(Trace rows) {
    return exchanges.stream()
        .filter(exchange -> exchange.columns().isEmpty())
        .filter(exchange -> rows.entries().contains(exchange.stream()))
        .toList();
  }

  /**
   * Whether rows can be exchanged before a step: they are found again, after all processes were
   * stopped, by the state behind the exchange, and each part knows how far its watermark is.
   */
  private static boolean mayExchange(GraphNode.Step step, Trace input) {
    return step.inputs().size() == 1 && !step.identity().isEmpty() && input.where() == Where.ALL;
  }

  private void place(GraphNode.Step step, Trace input, List<Integer> sources) {
    taken.put(step.id(), Collections.nCopies(step.inputs().size(), input));
    List<Integer> inputs = step.inputs().stream().map(places::get).toList();
    place(step, inputs, step.identity(), input.through(sources));
  }

  private void place(GraphNode.Step step, List<Integer> inputs, String identity, Trace trace) {
    places.add(nodes.size());
    add(
        new GraphNode.Step(nodes.size(), step.spec(), inputs, step.place(), step.query(), identity),
        trace);
  }

  /**
   * Places a step behind an exchange.
   *
   * @param columns by which rows are spread; none if all are to be in the first part
   */
  private void exchange(GraphNode.Step step, List<Integer> columns, List<Integer> sources) {
    int from = places.get(step.inputs().get(0));
    Schema schema = nodes.get(from).schema();
    ExchangePlan exchange =
        ExchangePlan.of(
            step,
            columns,
            columns.stream().map(column -> graph.text(step.inputs().get(0), column)).toList());
    exchanges.add(exchange);
    types.put(exchange.stream(), columns.stream().map(schema::type).toList());
    add(new GraphNode.Exit(nodes.size(), exchange.stream(), from, schema), traces.get(from));
    Trace trace =
        new Trace(
            Set.of(exchange.stream()),
            columns.size(),
            IntStream.range(0, schema.size()).map(columns::indexOf).boxed().toList(),
            columns.isEmpty() ? Where.FIRST : Where.ALL);
    int entry = nodes.size();
    add(new GraphNode.Entry(entry, exchange.stream(), schema), trace);
    taken.put(step.id(), List.of(trace));
    place(step, List.of(entry), step.identity() + EXCHANGED, trace.through(sources));
  }

  private void add(GraphNode node, Trace trace) {
    nodes.add(node);
    traces.add(trace);
  }

  /** What comes into a node of the given graph, on all of its inputs together. */
  private Trace input(GraphNode node) {
    if (node instanceof GraphNode.Step step && step.spec().followsOthers()) {
      return following(step);
    }
    Trace all = null;
    for (int input : node.inputs()) {
      Trace one = traces.get(places.get(input));
      all = all == null ? one : together(all, one);
    }
    if (all == null) {
      throw new IllegalArgumentException(node + " has no input");
    }
    return all;
  }

  /** What passes the rows of its first input on, and takes only their time from the others. */
  private Trace following(GraphNode.Step step) {
    Trace own = traces.get(places.get(step.inputs().get(0)));
    Set<String> entries = new HashSet<>();
    step.inputs().forEach(input -> entries.addAll(traces.get(places.get(input)).entries()));
    return new Trace(entries, own.parts(), own.columns(), own.where());
  }

  private Trace together(Trace one, Trace other) {
    Set<String> entries = new HashSet<>(one.entries());
    entries.addAll(other.entries());
    Where where = one.where() == other.where() ? one.where() : Where.MIXED;
    boolean areSame = haveSameKeys(one, other) && one.columns().size() == other.columns().size();
    if (!areSame) {
      return new Trace(entries, 0, Collections.nCopies(one.columns().size(), -1), where);
    }
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < one.columns().size(); i++) {
      int column = one.columns().get(i);
      columns.add(column == other.columns().get(i) ? column : -1);
    }
    return new Trace(entries, one.parts(), columns, where);
  }

  private boolean haveSameKeys(Trace one, Trace other) {
    return one.parts() > 0
        && one.parts() == other.parts()
        && one.entries().stream()
            .allMatch(first -> other.entries().stream().allMatch(it -> areAlike(first, it)));
  }

  /** Whether equal keys of two entries are in partitions of equal number. */
  private boolean areAlike(String one, String other) {
    List<DataType> first = types.get(one);
    List<DataType> second = types.get(other);
    if (first == null && second == null) {
      return haveSameKeys.test(one, other);
    }
    return first != null && first.equals(second);
  }
}
