package io.millrace.operators.graph;

import io.millrace.operators.explode.ExplodeSpec;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph over streams of two columns, written down for {@link SectionPlanner}. */
abstract class PlannedGraph {
  static final Schema AB =
      Schema.of(new Field("a", DataType.BIGINT), new Field("b", DataType.BIGINT));
  final List<GraphNode> nodes = new ArrayList<>();

  /** A section that takes rows of the entry. */
  static SectionPlan section(
      int entry,
      List<Integer> before,
      List<Integer> columns,
      List<Integer> nodes,
      List<Integer> outputs,
      Map<Integer, List<List<Integer>>> keys,
      Set<Integer> shared) {
    return new SectionPlan(entry, entry, before, columns, false, nodes, outputs, keys, shared);
  }

  /** A section of one step that takes rows of another section, by one column. */
  static SectionPlan behind(
      int entry, int from, int column, boolean numbersRows, int step, int output) {
    return new SectionPlan(
        entry,
        from,
        List.of(),
        List.of(column),
        numbersRows,
        List.of(step),
        List.of(output),
        key(step, column),
        Set.of());
  }

  Sections plan() {
    return SectionPlanner.plan(new OperatorGraph(nodes), entry -> true);
  }

  int entry(String stream) {
    nodes.add(new GraphNode.Entry(nodes.size(), stream, AB));
    return nodes.size() - 1;
  }

  int step(OperatorSpec spec, Integer... inputs) {
    nodes.add(new GraphNode.Step(nodes.size(), spec, List.of(inputs), 1, "q", ""));
    return nodes.size() - 1;
  }

  int late(int step) {
    GraphNode.Step finder = (GraphNode.Step) nodes.get(step);
    nodes.add(
        GraphNode.Late.of(nodes.size(), finder, 0, AB, new Field("LATE_BY", DataType.INTERVAL)));
    return nodes.size() - 1;
  }

  void exit(int input) {
    nodes.add(new GraphNode.Exit(nodes.size(), "O" + nodes.size(), input, AB));
  }

  static OperatorSpec by(int column) {
    return new ChangesSpec(AB, List.of(column), 0);
  }

  static OperatorSpec closingBy(int column) {
    return new Closing(List.of(column));
  }

  /** A window that sends the rows of all its keys at once. */
  record Closing(List<Integer> keys) implements OperatorSpec {
    @Override
    public String describe() {
      return "Closing";
    }

    @Override
    public Schema output() {
      return AB;
    }

    @Override
    public boolean isTimeDriven() {
      return true;
    }

    @Override
    public long lagMillis() {
      return 0;
    }

    @Override
    public Distribution distribution() {
      return new Distribution.Keyed(keys, Distribution.same(AB.size()), true);
    }

    @Override
    public List<KernelSource<?>> kernels() {
      return List.of();
    }

    @Override
    public Operator create(KernelLoader loader) {
      throw new UnsupportedOperationException("is only planned");
    }
  }

  static Map<Integer, List<List<Integer>>> key(int step, int column) {
    return Map.of(step, List.of(List.of(column)));
  }

  static OperatorSpec filter() {
    return new FilterProjectSpec("Filter", AB, null, null, List.of(), true);
  }

  static OperatorSpec explode() {
    Schema arrays =
        Schema.of(new Field("b", DataType.BIGINT), new Field("a", DataType.array(DataType.BIGINT)));
    return new ExplodeSpec(arrays, 1, AB);
  }

  static OperatorSpec project(int first, int second) {
    return project(first, second, true);
  }

  static OperatorSpec project(int first, int second, boolean isRepeatable) {
    return new FilterProjectSpec(
        "Project",
        AB,
        null,
        new ProjectionSpec(AB, List.of(first, second), List.of("a", "b"), null, false),
        List.of(),
        isRepeatable);
  }
}
