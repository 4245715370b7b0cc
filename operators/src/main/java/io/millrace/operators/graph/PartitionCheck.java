package io.millrace.operators.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether each partition of the inputs can go through a graph of its own: whether no
 * operator brings rows of several partitions together. Rows of one key are in one partition; so
 * operators that are kept apart by all columns of the key, and maybe by others, are content with
 * one.
 *
 * <pre>
 * Trades, key symbol ── Filter ── TumblingWindow by symbol, side    can: a group has one symbol
 * Trades, key symbol ── TumblingWindow by side                      cannot
 * </pre>
 */
public final class PartitionCheck {
  private final Map<String, List<Integer>> keys;
  private final BiPredicate<String, String> haveSameKeys;
  private final OperatorGraph graph;
  private final List<@Nullable Trace> traces = new ArrayList<>();

  /**
   * Where the key of a node's rows is.
   *
   * @param entries the entries that its rows come from; equal keys of them are in partitions of
   *     equal number
   * @param parts how many columns the key has; 0 if there is none, or it differs
   * @param columns for each column which column of the key it is, or -1
   */
  private record Trace(Set<String> entries, int parts, List<Integer> columns) {
    Trace through(List<Integer> sources) {
      return new Trace(
          entries,
          parts,
          sources.stream().map(source -> source < 0 ? -1 : columns.get(source)).toList());
    }

    boolean hasKeyIn(List<Integer> wanted) {
      Set<Integer> found = new HashSet<>();
      wanted.forEach(column -> found.add(columns.get(column)));
      return parts > 0 && IntStream.range(0, parts).allMatch(found::contains);
    }
  }

  /**
   * An operator that brings rows of several partitions together.
   *
   * @param step the operator
   * @param entries the streams that its rows come from
   */
  public record Obstacle(GraphNode.Step step, Set<String> entries) {
    public Obstacle {
      entries = Set.copyOf(entries);
    }
  }

  private PartitionCheck(
      OperatorGraph graph,
      Map<String, List<Integer>> keys,
      BiPredicate<String, String> haveSameKeys) {
    this.graph = graph;
    this.keys = keys;
    this.haveSameKeys = haveSameKeys;
  }

  /**
   * The first operator that is in the way.
   *
   * @param keys for each entry, by the name of its stream, the columns of its key; may be none
   * @param haveSameKeys whether equal keys of two entries are in partitions of equal number
   */
  public static Optional<Obstacle> find(
      OperatorGraph graph,
      Map<String, List<Integer>> keys,
      BiPredicate<String, String> haveSameKeys) {
    PartitionCheck check = new PartitionCheck(graph, keys, haveSameKeys);
    for (GraphNode node : graph.nodes()) {
      Trace trace = check.trace(node);
      if (trace == null && node instanceof GraphNode.Step step) {
        return Optional.of(new Obstacle(step, check.input(step).entries()));
      }
      check.traces.add(trace);
    }
    return Optional.empty();
  }

  /** Where the key is behind a node; null if the node is in the way. */
  private @Nullable Trace trace(GraphNode node) {
    if (node instanceof GraphNode.Entry entry) {
      List<Integer> key = keys.getOrDefault(entry.stream(), List.of());
      List<Integer> columns =
          IntStream.range(0, entry.schema().size()).map(key::indexOf).boxed().toList();
      return new Trace(Set.of(entry.stream()), key.size(), columns);
    }
    if (node instanceof GraphNode.Late late) {
      Trace taken = input(graph.nodes().get(late.step()));
      return taken.through(Distribution.withOneMore(taken.columns().size()));
    }
    Trace input = input(node);
    if (!(node instanceof GraphNode.Step step)) {
      return input;
    }
    Distribution distribution = step.spec().overPartitions();
    if (distribution instanceof Distribution.Rowwise rowwise) {
      return input.through(rowwise.sources());
    }
    if (distribution instanceof Distribution.Spread spread) {
      return input.through(spread.sources());
    }
    return distribution instanceof Distribution.Keyed keyed && input.hasKeyIn(keyed.keys())
        ? input.through(keyed.sources())
        : null;
  }

  /** What comes into a node, on all of its inputs together. */
  private Trace input(GraphNode node) {
    Trace all = null;
    for (int input : node.inputs()) {
      Trace one = traces.get(input);
      if (one == null) {
        throw new IllegalArgumentException("no trace of " + node);
      }
      all = all == null ? one : together(all, one);
    }
    if (all == null) {
      throw new IllegalArgumentException(node + " has no input");
    }
    return all;
  }

  private Trace together(Trace one, Trace other) {
    Set<String> entries = new HashSet<>(one.entries());
    entries.addAll(other.entries());
    boolean areSame =
        one.parts() > 0
            && one.parts() == other.parts()
            && one.entries().stream()
                .allMatch(
                    first ->
                        other.entries().stream()
                            .allMatch(second -> haveSameKeys.test(first, second)));
    if (!areSame) {
      return new Trace(entries, 0, Collections.nCopies(one.columns().size(), -1));
    }
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < one.columns().size(); i++) {
      int column = one.columns().get(i);
      columns.add(column == other.columns().get(i) ? column : -1);
    }
    return new Trace(entries, one.parts(), columns);
  }
}
