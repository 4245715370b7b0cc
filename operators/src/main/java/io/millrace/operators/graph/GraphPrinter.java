package io.millrace.operators.graph;

import io.millrace.operators.kernel.KernelSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints operator graphs for people: for every stream that leaves the job a tree of operators, each
 * above its inputs, those with state with its identity in snapshots. What is shared is printed once
 * and then referred to.
 *
 * <pre>
 * Alerts (symbol STRING, value DOUBLE)
 *   #1 Filter price &gt; 100.0; Project symbol, price * volume AS value
 *     #0 Stream Trades
 * </pre>
 */
public final class GraphPrinter {
  private final OperatorGraph graph;
  private final int parallelism;
  private final Sections sections;
  private final Function<GraphNode, String> notes;
  private final Set<Integer> printed = new HashSet<>();

  private GraphPrinter(OperatorGraph graph, int parallelism, Function<GraphNode, String> notes) {
    this.graph = graph;
    this.parallelism = parallelism;
    this.notes = notes;
    this.sections =
        parallelism == 1 ? Sections.none(graph) : SectionPlanner.plan(graph, entry -> true);
  }

  /**
   * The operators and the way of the rows, for EXPLAIN PHYSICAL.
   *
   * @param parallelism in how many tasks runs what can be spread; if it is more than one, each
   *     operator says where it runs
   */
  public static String print(OperatorGraph graph, int parallelism) {
    return print(graph, parallelism, node -> "");
  }

  /**
   * The same, with a note behind each operator and each stream that enters.
   *
   * @param notes gives the note of a node; empty for none
   */
  public static String print(
      OperatorGraph graph, int parallelism, Function<GraphNode, String> notes) {
    GraphPrinter printer = new GraphPrinter(graph, parallelism, notes);
    StringBuilder out = new StringBuilder();
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Exit exit
          && !(graph.nodes().get(exit.input()) instanceof GraphNode.Entry)) {
        printer.print(exit, out);
      }
    }
    return out.toString();
  }

  /** The same, for one stream that leaves the job. */
  public static String print(
      OperatorGraph graph,
      int parallelism,
      Function<GraphNode, String> notes,
      GraphNode.Exit exit) {
    StringBuilder out = new StringBuilder();
    new GraphPrinter(graph, parallelism, notes).print(exit, out);
    return out.toString();
  }

  private void print(GraphNode.Exit exit, StringBuilder out) {
    out.append(exit.stream()).append(' ').append(exit.schema()).append('\n');
    print(exit.input(), "  ", out);
  }

  /**
   * The generated code of all operators, for EXPLAIN CODE. Code that several share is printed once.
   */
  public static String printCode(OperatorGraph graph) {
    StringBuilder out = new StringBuilder();
    Set<String> bodies = new LinkedHashSet<>();
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Step step) {
        for (KernelSource<?> kernel : step.spec().kernels()) {
          out.append("// #")
              .append(step.id())
              .append(' ')
              .append(step.spec().describe())
              .append('\n');
          out.append("// constants: ").append(kernel.constants()).append('\n');
          boolean isNew = bodies.add(kernel.body());
          out.append(isNew ? kernel.body() : "// the same code as above\n").append('\n');
        }
      }
    }
    return out.toString();
  }

  private void print(int id, String indent, StringBuilder out) {
    GraphNode node = graph.nodes().get(id);
    out.append(indent).append('#').append(id).append(' ').append(describe(node));
    boolean isNew = printed.add(id);
    out.append(isNew || node.inputs().isEmpty() ? "" : " (as above)");
    out.append(isNew ? notes.apply(node) : "").append('\n');
    if (isNew) {
      List<Integer> inputs = node.inputs();
      for (int input : inputs) {
        print(input, indent + "  ", out);
      }
    }
  }

  private String describe(GraphNode node) {
    if (node instanceof GraphNode.Step step) {
      return step.spec().describe()
          + (step.identity().isEmpty() ? "" : " [" + step.identity() + "]")
          + (parallelism == 1 ? "" : place(step));
    }
    if (node instanceof GraphNode.Late) {
      return "Late rows of";
    }
    return node instanceof GraphNode.Entry entry ? "Stream " + entry.stream() : "Output";
  }

  private String place(GraphNode.Step step) {
    for (SectionPlan section : sections.sections()) {
      if (section.nodes().contains(step.id())) {
        String by =
            section.columns().stream()
                .map(column -> graph.text(section.source(), column))
                .collect(Collectors.joining(", "));
        return ", in " + parallelism + " tasks" + (by.isEmpty() ? "" : " by " + by);
      }
    }
    return ", in one task";
  }
}
