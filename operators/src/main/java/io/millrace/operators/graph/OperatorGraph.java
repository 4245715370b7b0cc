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

  /**
   * What a column of a node is, for people: a column of an entry or of what an operator has
   * computed, or the expression that computes it row by row.
   */
  public String text(int node, int column) {
    if (nodes.get(node) instanceof GraphNode.Step step
        && step.spec().distribution() instanceof Distribution.Rowwise rowwise) {
      int source = rowwise.sources().get(column);
      return source < 0 ? rowwise.texts().get(column) : text(step.inputs().get(0), source);
    }
    return nodes.get(node).schema().name(column);
  }
}
