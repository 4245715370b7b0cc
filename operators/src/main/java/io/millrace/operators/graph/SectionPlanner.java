package io.millrace.operators.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of a graph can run in tasks: operators that are kept apart by keys, with the row by
 * row operators before and behind them. The keys are columns of an entry, so that these operators
 * get rows of their own; or they are computed, row by row, before the rows are spread.
 *
 * <pre>
 *                              ┌─ task 0 ──────────────────────┐
 * Trades ──────────────────────┤  Filter ── TumblingWindow by  ├── Table, outputs, other keys
 *                              │  (its symbols)   symbol       │
 *                              └─ task 1 … ────────────────────┘
 *                              ┌─ task 0 ──────────────────────┐
 * Trades ── Project upper(…) ──┤  TumblingWindow by upper(…)   ├── …
 *                              └─ task 1 … ────────────────────┘
 * </pre>
 *
 * Operators that are kept apart by the same columns, or by more, are in one section: rows that are
 * equal in all of their keys are equal in these. What is kept apart by other columns of the rows
 * that leave a section is in another one, which takes them when they have been put in order.
 *
 * <p>Rows that have their positions in common, because a window has sent them or one row has become
 * several, are told apart by ranks. These pass through operators that send rows for rows. What
 * sends the rows of several keys at once, as windows do, ranks them by the positions of the rows
 * that began them; so it must not get several of one position, unless one task has them all.
 */
public final class SectionPlanner {
  private static final int NONE = -1;
  private final OperatorGraph graph;
  private final Predicate<GraphNode.Entry> maySpread;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<Integer> placed = new HashSet<>();

  /** Nodes before sections whose reports one section has taken over already. */
  private final Set<Integer> reported = new HashSet<>();

  /** A section that is being made. */
  private static final class Draft {
    final int entry;

    /** The node whose rows are taken: the entry, or an output of another section. */
    final int from;

    /** The node whose rows are spread: the same, or a step that has computed the keys. */
    final int source;

    /** By which columns of these rows; none for any rows. */
    final List<Integer> columns;

    final TreeSet<Integer> nodes = new TreeSet<>();

    Draft(int entry, int from, int source, List<Integer> columns) {
      this.entry = entry;
      this.from = from;
      this.source = source;
      this.columns = columns;
    }
  }

  private SectionPlanner(OperatorGraph graph, Predicate<GraphNode.Entry> maySpread) {
    this.graph = graph;
    this.maySpread = maySpread;
  }

  /**
   * How a graph is spread; not at all if everything in it needs all rows.
   *
   * @param maySpread which entries' rows may be given to tasks
   */
  public static Sections plan(OperatorGraph graph, Predicate<GraphNode.Entry> maySpread) {
    return new SectionPlanner(graph, maySpread).plan();
  }

  private Sections plan() {
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Step step && entryOf(step.id()) != NONE) {
        place(step);
      }
    }
    Set<Integer> outside = outside();
    return new Sections(drafts.stream().map(draft -> finish(draft, outside)).toList(), outside);
  }

  /** The only entry that a node's rows come from, if they may be spread; else {@link #NONE}. */
  private int entryOf(int node) {
    if (graph.nodes().get(node) instanceof GraphNode.Entry entry) {
      return maySpread.test(entry) ? node : NONE;
    }
    return sources(node) == null ? NONE : entryOf(inputOf(node));
  }

  private int inputOf(int node) {
    return graph.nodes().get(node).inputs().get(0);
  }

  /** For each column of a step the column of its input that it is; null if it needs all rows. */
  private @Nullable List<Integer> sources(int node) {
    if (!(graph.nodes().get(node) instanceof GraphNode.Step step) || step.inputs().size() != 1) {
      return null;
    }
    Distribution distribution = step.spec().distribution();
    if (distribution instanceof Distribution.Rowwise rowwise) {
      return rowwise.sources();
    }
    if (distribution instanceof Distribution.Spread spread) {
      return spread.sources();
    }
    return distribution instanceof Distribution.Keyed keyed ? keyed.sources() : null;
  }

  /** For each column of a node the column of a node before it that it is, or -1. */
  private List<Integer> columns(int node, int before) {
    if (node == before) {
      return Distribution.same(graph.nodes().get(node).schema().size());
    }
    List<Integer> sources = sources(node);
    if (sources == null) {
      return List.of();
    }
    List<Integer> columns = columns(inputOf(node), before);
    return sources.stream()
        .map(source -> source < 0 || columns.isEmpty() ? NONE : columns.get(source))
        .toList();
  }

  /** The columns of a node before a step that are keys of the step. */
  private List<Integer> keys(GraphNode.Step step, int before) {
    List<Integer> columns = columns(inputOf(step.id()), before);
    if (columns.isEmpty() || !(step.spec().distribution() instanceof Distribution.Keyed keyed)) {
      return List.of();
    }
    return keyed.keys().stream()
        .map(columns::get)
        .filter(column -> column >= 0)
        .distinct()
        .sorted()
        .toList();
  }

  /** Puts a step into a section, if it belongs into one. */
  private void place(GraphNode.Step step) {
    int input = inputOf(step.id());
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
    Draft draft = findDraft(step, isSpread);
    if (draft == null) {
      draft = newDraft(step, isSpread);
    }
    if (draft != null) {
      addWithInputs(step.id(), draft);
      placed.add(step.id());
    }
  }

  private @Nullable Draft findDraft(GraphNode.Step step, boolean isSpread) {
    int input = inputOf(step.id());
    for (Draft draft : drafts) {
      if (draft.columns.isEmpty() == isSpread
          && keys(step, draft.source).containsAll(draft.columns)
          && (draft.nodes.contains(input) || isSpreadable(draft.source, input))
          && !(sendsTogether(step.id()) && needsRanks(input, draft))) {
        return draft;
      }
    }
    return null;
  }

  /** A section that begins with a step; null if its rows cannot be spread. */
  private @Nullable Draft newDraft(GraphNode.Step step, boolean isSpread) {
    int input = inputOf(step.id());
    int entry = entryOf(step.id());
    Draft draft = null;
    if (placed.contains(input)) {
      draft = new Draft(entry, input, input, keys(step, input));
    } else if (isSpreadable(entry, input)) {
      List<Integer> keys = keys(step, entry);
      draft =
          isSpread || !keys.isEmpty()
              ? new Draft(entry, entry, entry, keys)
              : new Draft(entry, entry, input, keys(step, input));
    }
    if (draft == null || (sendsTogether(step.id()) && needsRanks(input, draft))) {
      return null;
    }
    drafts.add(draft);
    return draft;
  }

  /** Whether an operator may send rows of several keys at one position, with ranks of its own. */
  private boolean sendsTogether(int node) {
    return graph.nodes().get(node) instanceof GraphNode.Step step
        && step.spec().distribution() instanceof Distribution.Keyed keyed
        && keyed.sendsTogether();
  }

  /**
   * Whether several tasks of a section may have rows of one position that come to, or are those of,
   * a node that is in the section or before it.
   */
  private boolean needsRanks(int node, Draft draft) {
    for (int at = node; draft.nodes.contains(at); at = inputOf(at)) {
      if (sendsTogether(at)) {
        return true;
      }
    }
    return sharesPositions(draft.source);
  }

  /** Whether several rows of a node may have one position. */
  private boolean sharesPositions(int node) {
    if (!(graph.nodes().get(node) instanceof GraphNode.Step step)) {
      return false;
    }
    boolean isAlone =
        step.spec().distribution() instanceof Distribution.Keyed keyed
            ? keyed.isOneForOne()
            : !multiplies(node);
    return !isAlone || sharesPositions(inputOf(node));
  }

  /**
   * Whether a node's rows are those of a node before it, filtered and projected at most, and may be
   * computed in tasks, even though those that others read too are computed for them once more.
   */
  private boolean isSpreadable(int before, int node) {
    if (!hasRowsOf(before, node)) {
      return false;
    }
    boolean isReadOnce = true;
    for (int at = node; at != before; at = inputOf(at)) {
      isReadOnce &= consumers(at).size() == 1;
      if (!isReadOnce && !isRepeatable(at)) {
        return false;
      }
    }
    return true;
  }

  private boolean isRepeatable(int node) {
    return graph.nodes().get(node) instanceof GraphNode.Step step
        && step.spec().distribution() instanceof Distribution.Rowwise rowwise
        && rowwise.isRepeatable();
  }

  /** Whether a node gives rows of a node before it, filtered and projected at most. */
  private boolean hasRowsOf(int before, int node) {
    return node == before
        || (!placed.contains(node)
            && graph.nodes().get(node) instanceof GraphNode.Step step
            && step.spec().distribution() instanceof Distribution.Rowwise
            && hasRowsOf(before, inputOf(node)));
  }

  /** Whether a step may make several rows of one. */
  private boolean multiplies(int node) {
    return graph.nodes().get(node) instanceof GraphNode.Step step
        && step.spec().distribution() instanceof Distribution.Rowwise rowwise
        && rowwise.multiplies();
  }

  /** The steps behind a node up to another one, in their order. */
  private List<Integer> stepsBetween(int before, int node) {
    if (node == before) {
      return List.of();
    }
    List<Integer> steps = new ArrayList<>(stepsBetween(before, inputOf(node)));
    steps.add(node);
    return steps;
  }

  private void addWithInputs(int node, Draft draft) {
    if (node != draft.source && draft.nodes.add(node)) {
      addWithInputs(inputOf(node), draft);
    }
  }

  private SectionPlan finish(Draft draft, Set<Integer> outside) {
    List<Integer> before = stepsBetween(draft.from, draft.source);
    List<Integer> outputs = new ArrayList<>();
    Set<Integer> shared = new HashSet<>();
    Map<Integer, List<List<Integer>>> keys = new HashMap<>();
    for (int node : before) {
      if (outside.contains(node) || !reported.add(node)) {
        shared.add(node);
      }
    }
    for (int node : draft.nodes) {
      if (placed.contains(node)) {
        if (consumers(node).stream().anyMatch(outside::contains) || isTaken(node)) {
          outputs.add(node);
        }
        late(node).ifPresent(outputs::add);
      } else if (outside.contains(node) || !reported.add(node)) {
        shared.add(node);
      }
      GraphNode.Step step = (GraphNode.Step) graph.nodes().get(node);
      if (step.spec().distribution() instanceof Distribution.Keyed keyed) {
        keys.put(node, keyColumns(draft, step, keyed));
      }
    }
    return new SectionPlan(
        draft.entry,
        draft.from,
        before,
        draft.columns,
        sharesPositions(draft.source),
        List.copyOf(draft.nodes),
        outputs,
        keys,
        shared);
  }

  /** Whether another section takes a node's rows. */
  private boolean isTaken(int node) {
    return drafts.stream().anyMatch(draft -> draft.from == node);
  }

  /** For each column of a section the columns of a step's key that hold it. */
  private List<List<Integer>> keyColumns(
      Draft draft, GraphNode.Step step, Distribution.Keyed keyed) {
    List<Integer> columns = columns(inputOf(step.id()), draft.source);
    return draft.columns.stream()
        .map(
            column -> keyed.keys().stream().filter(key -> columns.get(key).equals(column)).toList())
        .toList();
  }

  /**
   * The nodes that run outside of all sections: those that are in none, and those before a section
   * whose rows somebody else needs too.
   */
  private Set<Integer> outside() {
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

  /** The node of the rows that come too late for a step, if any takes them. */
  private Optional<Integer> late(int step) {
    return graph.nodes().stream()
        .filter(it -> it instanceof GraphNode.Late late && late.step() == step)
        .map(GraphNode::id)
        .findFirst();
  }

  /** The nodes that take what a node sends; its late rows are not of these. */
  private List<Integer> consumers(int node) {
    return graph.nodes().stream()
        .filter(it -> it.inputs().contains(node) && !(it instanceof GraphNode.Late))
        .map(GraphNode::id)
        .toList();
  }
}
