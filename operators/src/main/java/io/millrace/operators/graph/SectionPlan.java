package io.millrace.operators.graph;

import java.util.List;
import java.util.Set;

/**
 * A part of a graph that runs in several tasks, each with the rows of some of the keys.
 *
 * @param entry the node whose rows are spread over the tasks
 * @param columns the entry's columns by whose values they are spread; none if any part of the rows
 *     will do for each task
 * @param nodes the steps that each task runs, in topological order; all of them hang on the entry
 * @param outputs those of them whose rows are needed outside
 * @param shared those of them that run elsewhere as well, because others need their rows too: what
 *     they report is reported there
 */
public record SectionPlan(
    int entry,
    List<Integer> columns,
    List<Integer> nodes,
    List<Integer> outputs,
    Set<Integer> shared) {
  public SectionPlan {
    columns = List.copyOf(columns);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    shared = Set.copyOf(shared);
  }
}
