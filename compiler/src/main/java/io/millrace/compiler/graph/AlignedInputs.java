package io.millrace.compiler.graph;

import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order the inputs of a query are built that are aligned: all streams when the first of
 * them is met, for each needs the marks of all; one that is read once more, when it is.
 */
final class AlignedInputs {
  private final PlanNode root;
  private final Set<String> met = new HashSet<>();

  AlignedInputs(PlanNode root) {
    this.root = root;
  }

  /** The nodes whose inputs are built when a node is met, inputs first. */
  List<AlignNode> due(AlignNode node) {
    if (!met.add(node.stream())) {
      return List.of(node);
    }
    if (met.size() > 1) {
      return List.of();
    }
    Map<String, AlignNode> firsts = new LinkedHashMap<>();
    collect(root, firsts);
    return new ArrayList<>(firsts.values());
  }

  private static void collect(PlanNode node, Map<String, AlignNode> firsts) {
    if (node instanceof AlignNode align) {
      firsts.putIfAbsent(align.stream(), align);
    }
    node.inputs().forEach(input -> collect(input, firsts));
  }
}
