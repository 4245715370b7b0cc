package io.millrace.operators.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a graph is spread over tasks.
 *
 * @param sections what runs in tasks
 * @param outside the nodes that run in one instance, with all rows
 */
public record Sections(List<SectionPlan> sections, Set<Integer> outside) {
  public Sections {
    sections = List.copyOf(sections);
    outside = Set.copyOf(outside);
  }

  /** Nothing is spread. */
  public static Sections none(OperatorGraph graph) {
    return new Sections(
        List.of(), graph.nodes().stream().map(GraphNode::id).collect(Collectors.toSet()));
  }
}
