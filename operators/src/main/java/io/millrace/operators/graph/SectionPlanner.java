package io.millrace.operators.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of a graph can run in tasks: operators that are kept apart by keys which are columns
 * of an entry, with the row by row operators before and behind them.
 *
 * <pre>
 *          ┌─ task 0 ──────────────────────┐
 * Trades ──┤  Filter ── TumblingWindow by  ├── Table, outputs, other keys
 *          │  (its symbols)   symbol       │
 *          └─ task 1 … ────────────────────┘
 * </pre>
 *
 * Operators that are kept apart by the same columns, or by more, are in one section: rows that are
 * equal in all of their keys are equal in these.
 */
public final class SectionPlanner {
  private final OperatorGraph graph;
  private final Predicate<GraphNode.Entry> maySpread;
  private final List<@Nullable Trace> traces = new ArrayList<>();

  /** Nodes before sections whose reports one section has taken over already. */
  private final Set<Integer> reported = new HashSet<>();

  /**
   * Where the columns of a node come from.
   *
   * @param entry the only entry that its rows come from
   * @param columns for each column the column of the entry that it is, or -1
   */
  private record Trace(int entry, List<Integer> columns) {
    Trace through(List<Integer> sources) {
      return new Trace(
          entry, sources.stream().map(source -> source < 0 ? -1 : columns.get(source)).toList());
    }
  }

  /** A section that is being made. */
  private static final class Draft {
    final int entry;
    final List<Integer> columns;
    final TreeSet<Integer> nodes = new TreeSet<>();

    Draft(int entry, List<Integer> columns) {
      this.entry = entry;
      this.columns = columns;
    }
  }

  private SectionPlanner(OperatorGraph graph, Predicate<GraphNode.Entry> maySpread) {
    this.graph = graph;
    this.maySpread = maySpread;
    graph.nodes().forEach(node -> traces.add(trace(node)));
  }

  /**
   * How a graph is spread; not at all if everything in it needs all rows.
   *
   * @param maySpread which entries' rows may be given to tasks
   */
  public static Sections plan(OperatorGraph graph, Predicate<GraphNode.Entry> maySpread) {
    return new SectionPlanner(graph, maySpread).plan();
  }

  private @Nullable Trace trace(GraphNode node) {
    if (node instanceof GraphNode.Entry entry) {
      return maySpread.test(entry)
          ? new Trace(entry.id(), Distribution.same(entry.schema().size()))
          : null;
    }
    if (!(node instanceof GraphNode.Step step) || step.inputs().size() != 1) {
      return null;
    }
    Trace input = traces.get(step.inputs().get(0));
    if (input == null) {
      return null;
    }
    Distribution distribution = step.spec().distribution();
    if (distribution instanceof Distribution.Rowwise rowwise) {
      return input.through(rowwise.sources());
    }
    if (distribution instanceof Distribution.Spread spread) {
      return input.through(spread.sources());
    }
    return distribution instanceof Distribution.Keyed keyed ? input.through(keyed.sources()) : null;
  }

  private Sections plan() {
    List<Draft> drafts = new ArrayList<>();
    Set<Integer> placed = new HashSet<>();
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Step step && traces.get(step.id()) != null) {
        place(step, drafts, placed);
      }
    }
    Set<Integer> outside = outside(placed);
    return new Sections(
        drafts.stream().map(draft -> finish(draft, placed, outside)).toList(), outside);
  }

  /** Puts a step into a section, if it belongs into one. */
  private void place(GraphNode.Step step, List<Draft> drafts, Set<Integer> placed) {
    int input = step.inputs().get(0);
    boolean isSpread = step.spec().distribution() instanceof Distribution.Spread;
    boolean isRowwise = step.spec().distribution() instanceof Distribution.Rowwise;
    if (placed.contains(input) && (isSpread || isRowwise)) {
      drafts.stream().filter(it -> it.nodes.contains(input)).forEach(it -> it.nodes.add(step.id()));
      placed.add(step.id());
      return;
    }
    if (isRowwise) {
      return;
    }
    List<Integer> columns = entryKeys(step);
    if (!isSpread && columns.isEmpty()) {
      return;
    }
    int entry = entryOf(step);
    Draft draft = findDraft(step, entry, columns, drafts, placed);
    if (draft == null && hasRowsOfEntry(input, placed)) {
      draft = new Draft(entry, columns);
      drafts.add(draft);
    }
    if (draft != null) {
      addWithInputs(step.id(), draft);
      placed.add(step.id());
    }
  }

  private @Nullable Draft findDraft(
      GraphNode.Step step,
      int entry,
      List<Integer> columns,
      List<Draft> drafts,
      Set<Integer> placed) {
    int input = step.inputs().get(0);
    for (Draft draft : drafts) {
      if (draft.entry == entry
          && columns.isEmpty() == draft.columns.isEmpty()
          && columns.containsAll(draft.columns)
          && (draft.nodes.contains(input) || hasRowsOfEntry(input, placed))) {
        return draft;
      }
    }
    return null;
  }

  /** Whether a node gives rows of an entry, filtered and projected at most. */
  private boolean hasRowsOfEntry(int node, Set<Integer> placed) {
    return !placed.contains(node)
        && (!(graph.nodes().get(node) instanceof GraphNode.Step step)
            || (step.spec().distribution() instanceof Distribution.Rowwise
                && hasRowsOfEntry(step.inputs().get(0), placed)));
  }

  private void addWithInputs(int node, Draft draft) {
    if (graph.nodes().get(node) instanceof GraphNode.Step step && draft.nodes.add(node)) {
      addWithInputs(step.inputs().get(0), draft);
    }
  }

  private int entryOf(GraphNode.Step step) {
    Trace input = traces.get(step.inputs().get(0));
    if (input == null) {
      throw new IllegalArgumentException("no trace of " + step);
    }
    return input.entry();
  }

  /** The columns of the entry that are keys of a step. */
  private List<Integer> entryKeys(GraphNode.Step step) {
    Trace input = traces.get(step.inputs().get(0));
    if (input == null || !(step.spec().distribution() instanceof Distribution.Keyed keyed)) {
      return List.of();
    }
    return keyed.keys().stream()
        .map(input.columns()::get)
        .filter(column -> column >= 0)
        .distinct()
        .sorted()
        .toList();
  }

  private SectionPlan finish(Draft draft, Set<Integer> placed, Set<Integer> outside) {
    List<Integer> outputs = new ArrayList<>();
    Set<Integer> shared = new HashSet<>();
    for (int node : draft.nodes) {
      if (placed.contains(node)) {
        if (consumers(node).stream().anyMatch(outside::contains)) {
          outputs.add(node);
        }
      } else if (outside.contains(node) || !reported.add(node)) {
        shared.add(node);
      }
    }
    Map<Integer, List<List<Integer>>> keys = new HashMap<>();
    for (int node : draft.nodes) {
      GraphNode.Step step = (GraphNode.Step) graph.nodes().get(node);
      if (step.spec().distribution() instanceof Distribution.Keyed keyed) {
        keys.put(node, keyColumns(draft, step, keyed));
      }
    }
    return new SectionPlan(
        draft.entry, draft.columns, List.copyOf(draft.nodes), outputs, keys, shared);
  }

  /** For each column of a section the columns of a step's key that hold it. */
  private List<List<Integer>> keyColumns(
      Draft draft, GraphNode.Step step, Distribution.Keyed keyed) {
    Trace input = Objects.requireNonNull(traces.get(step.inputs().get(0)));
    return draft.columns.stream()
        .map(
            column ->
                keyed.keys().stream()
                    .filter(key -> input.columns().get(key).equals(column))
                    .toList())
        .toList();
  }

  /**
   * The nodes that run outside of all sections: those that are in none, and those before a section
   * whose rows somebody else needs too.
   */
  private Set<Integer> outside(Set<Integer> placed) {
    Set<Integer> outside = new HashSet<>();
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      List<Integer> consumers = consumers(id);
      boolean isNeeded =
          graph.nodes().get(id) instanceof GraphNode.Entry
              || consumers.isEmpty()
              || consumers.stream().anyMatch(outside::contains);
      if (isNeeded && !placed.contains(id)) {
        outside.add(id);
      }
    }
    return outside;
  }

  private List<Integer> consumers(int node) {
    return graph.nodes().stream()
        .filter(it -> it.inputs().contains(node))
        .map(GraphNode::id)
        .toList();
  }
}
