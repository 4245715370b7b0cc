package io.millrace.operators.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of a graph that runs in several tasks, each with the rows of some of the keys.
 *
 * @param entry the node that all rows come from in the end
 * @param from the node whose rows are taken: the entry, or an output of a section before
 * @param before steps that compute the keys before the rows are spread, in a row that begins behind
 *     the entry; none if the rows are spread as they come
 * @param columns the columns of the last of these, or else of {@code from}, by whose values the
 *     rows are spread; none if any part of the rows will do for each task
 * @param numbersRows whether several of the rows that are spread may have one position, so that
 *     they need ranks to be put in order again
 * @param nodes the steps that each task runs, in topological order; all of them hang on what is
 *     spread
 * @param outputs those of them whose rows are needed outside or by other sections, and the nodes of
 *     late rows of them
 * @param keys for each step that is kept apart by keys, by its id, for each of {@code columns} the
 *     columns of the step's key that hold it
 * @param shared those of the steps that run elsewhere as well, because others need their rows too:
 *     what they report is reported there
 */
public record SectionPlan(
    int entry,
    int from,
    List<Integer> before,
    List<Integer> columns,
    boolean numbersRows,
    List<Integer> nodes,
    List<Integer> outputs,
    Map<Integer, List<List<Integer>>> keys,
    Set<Integer> shared) {
  public SectionPlan {
    before = List.copyOf(before);
    columns = List.copyOf(columns);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    keys = Map.copyOf(keys);
    shared = Set.copyOf(shared);
  }

  /** The node whose rows are spread. */
  public int source() {
    return before.isEmpty() ? from : before.get(before.size() - 1);
  }

  /** For each column by which rows are spread the columns of a step's input that hold it. */
  public List<List<Integer>> keyColumns(GraphNode.Step step) {
    return keys.getOrDefault(step.id(), List.of());
  }

  /** For each column by which rows are spread its place in the key of a step. */
  public List<Integer> keyPlaces(GraphNode.Step step) {
    return step.spec().distribution() instanceof Distribution.Keyed keyed
        ? keyColumns(step).stream().map(same -> keyed.keys().indexOf(same.get(0))).toList()
        : List.of();
  }
}
