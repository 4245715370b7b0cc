package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Slack;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.time.VirtualClock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A circuit of operators without kernels over streams of one STRING. */
public final class TestCircuit {
  public static final Schema NAMES = Schema.of(new Field("name", DataType.STRING));
  private final Circuit circuit;

  public TestCircuit(int batchSize) {
    circuit = new Circuit(new NoKernels(), HeapStateBackend::new, batchSize);
  }

  public Circuit circuit() {
    return circuit;
  }

  /** Adds a job whose exits are all listened to. Its streams have rows with times of their own. */
  public CircuitJob add(OperatorGraph graph, JobListener listener) {
    return add(graph, 1, false, listener);
  }

  public CircuitJob add(
      OperatorGraph graph, int partitions, boolean isArrival, JobListener listener) {
    return add(graph, partitions, isArrival, listener, 1);
  }

  public CircuitJob add(
      OperatorGraph graph,
      int partitions,
      boolean isArrival,
      JobListener listener,
      int parallelism) {
    return add(
        graph,
        partitions,
        isArrival ? EntryPort.EntryTime.ARRIVAL : EntryPort.EntryTime.event(Slack.NONE),
        listener,
        parallelism);
  }

  public CircuitJob add(
      OperatorGraph graph,
      int partitions,
      EntryPort.EntryTime time,
      JobListener listener,
      int parallelism) {
    return add(graph, new Circuit.EntrySpec(time, partitions, false), listener, parallelism);
  }

  /** Adds a job whose streams all begin in the same way. */
  public CircuitJob add(
      OperatorGraph graph, Circuit.EntrySpec spec, JobListener listener, int parallelism) {
    Map<String, Circuit.EntrySpec> times = new HashMap<>();
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Entry entry) {
        times.put(entry.stream(), spec);
      }
    }
    EvaluationContext evaluation = new EvaluationContext(new VirtualClock(), ZoneOffset.UTC);
    CircuitJob job = circuit.add(graph, times, evaluation, listener, parallelism);
    for (GraphNode node : graph.nodes()) {
      if (node instanceof GraphNode.Exit exit) {
        job.listen(exit.stream());
      }
    }
    return job;
  }

  /** A turn of one row. */
  public void send(EntryPort port, int partition, long time, String name) {
    ObjectColumn column = new ObjectColumn(1);
    column.put(0, name);
    Batch batch = port.newBatch(new Column[] {column});
    circuit.turn(port, partition, batch.rows(1, new long[] {time}, null, null));
  }

  /** Writes a graph from its entries to its exits. */
  public static final class Graph {
    private final List<GraphNode> nodes = new ArrayList<>();

    /** Where a stream enters; gives the id of the node. */
    public int entry(String stream) {
      nodes.add(new GraphNode.Entry(nodes.size(), stream, NAMES));
      return nodes.size() - 1;
    }

    public int step(String query, OperatorSpec spec, Integer... inputs) {
      String identity = "state-" + nodes.size();
      nodes.add(
          new GraphNode.Step(nodes.size(), spec, List.of(inputs), nodes.size(), query, identity));
      return nodes.size() - 1;
    }

    /** The late rows of a step: the name, and how late it was. */
    public int late(int step) {
      GraphNode.Step finder = (GraphNode.Step) nodes.get(step);
      Field lateBy = new Field("LATE_BY", DataType.BIGINT);
      nodes.add(GraphNode.Late.of(nodes.size(), finder, 0, NAMES, lateBy));
      return nodes.size() - 1;
    }

    public Graph exit(String stream, int input) {
      nodes.add(new GraphNode.Exit(nodes.size(), stream, input, NAMES));
      return this;
    }

    public OperatorGraph graph() {
      return new OperatorGraph(nodes);
    }
  }

  private static final class NoKernels implements KernelLoader {
    @Override
    public <T> T load(KernelSource<T> source, EvaluationContext context) {
      throw new AssertionError("no kernel is expected: " + source);
    }
  }
}
