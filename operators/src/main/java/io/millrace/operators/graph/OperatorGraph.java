package io.millrace.operators.graph;

import java.util.List;

/**
 * The operators of a job and the way of the rows between them, in topological order: every node
 * comes behind its inputs, and nodes without such a relation are in the order of the script.
 */
public record OperatorGraph(List<GraphNode> nodes) {
  public OperatorGraph {
    nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      GraphNode node = nodes.get(i);
      if (node.id() != i) {
        throw new IllegalArgumentException("node " + node.id() + " is at " + i);
      }
      for (int input : node.inputs()) {
        if (input >= i) {
          throw new IllegalArgumentException("node " + i + " comes before its input " + input);
        }
      }
    }
  }
}
