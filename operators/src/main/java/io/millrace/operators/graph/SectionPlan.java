package io.millrace.operators.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of a graph that runs in several tasks, each with the rows of some of the keys.
 *
 * @param entry the node whose rows are spread over the tasks
 * @param columns the entry's columns by whose values they are spread; none if any part of the rows
 *     will do for each task
 * @param nodes the steps that each task runs, in topological order; all of them hang on the entry
 * @param outputs those of them whose rows are needed outside
 * @param keys for each step that is kept apart by keys, by its id, for each of {@code columns} the
 *     columns of the step's key that hold it
 * @param shared those of them that run elsewhere as well, because others need their rows too: what
 *     they report is reported there
 */
public record SectionPlan(
    int entry,
    List<Integer> columns,
    List<Integer> nodes,
    List<Integer> outputs,
    Map<Integer, List<List<Integer>>> keys,
    Set<Integer> shared) {
  public SectionPlan {
    columns = List.copyOf(columns);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    keys = Map.copyOf(keys);
    shared = Set.copyOf(shared);
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
