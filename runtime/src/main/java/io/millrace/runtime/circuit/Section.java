package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.SectionPlan;
import io.millrace.runtime.rescale.TaskKeys;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operators of a job that run in tasks, and the exchange that spreads the rows of an entry over
 * them.
 */
final class Section {
  private final SectionPlan plan;
  private final EntryPort port;
  private final OperatorGraph graph;
  private final List<GraphNode.Step> steps;
  private final List<Schema> outputSchemas;
  private final JobListener listener;
  private final Exchange exchange;
  private final List<Task> tasks = new ArrayList<>();

  /** The tasks, and behind them what computes the keys, if anything does. */
  private final List<Task> all;

  /** What computes the keys, by the thread that brings the rows; null if they come with these. */
  private final @Nullable Task before;

  /** The parts of the turn that is being delivered, as {@link #all}; null between turns. */
  private TaskTurn @Nullable [] delivered;

  Section(
      SectionPlan plan,
      OperatorGraph graph,
      EntryPort port,
      int parallelism,
      JobListener listener,
      Task.StationMaker maker) {
    this.plan = plan;
    this.port = port;
    this.graph = graph;
    this.listener = listener;
    this.steps = steps(plan.nodes());
    this.outputSchemas = schemas(plan.outputs());
    this.exchange = new Exchange(plan.columns(), parallelism);
    this.before = plan.before().isEmpty() ? null : taskBefore(maker);
    for (int i = 0; i < parallelism; i++) {
      tasks.add(
          new Task(
              new Task.Work(
                  plan.source(),
                  graph.nodes().get(plan.source()).schema(),
                  steps,
                  plan.outputs(),
                  outputSchemas,
                  lateOutputs(),
                  plan.shared()),
              maker));
    }
    this.all = new ArrayList<>(tasks);
    if (before != null) {
      all.add(before);
    }
  }

  private Task taskBefore(Task.StationMaker maker) {
    List<Integer> output = List.of(plan.source());
    return new Task(
        new Task.Work(
            plan.entry(),
            port.schema(),
            steps(plan.before()),
            output,
            schemas(output),
            Map.of(),
            plan.shared()),
        maker);
  }

  /** By step, which output has the rows that come too late for it. */
  private Map<Integer, Integer> lateOutputs() {
    Map<Integer, Integer> byStep = new HashMap<>();
    for (int i = 0; i < plan.outputs().size(); i++) {
      if (graph.nodes().get(plan.outputs().get(i)) instanceof GraphNode.Late late) {
        byStep.put(late.step(), i);
      }
    }
    return byStep;
  }

  private List<GraphNode.Step> steps(List<Integer> nodes) {
    return nodes.stream().map(id -> (GraphNode.Step) graph.nodes().get(id)).toList();
  }

  private List<Schema> schemas(List<Integer> nodes) {
    return nodes.stream().map(id -> graph.nodes().get(id).schema()).toList();
  }

  SectionPlan plan() {
    return plan;
  }

  /** By what the rows of one of its steps are spread. */
  TaskKeys keys(GraphNode.Step step) {
    return new TaskKeys(plan.keyColumns(step), tasks.size());
  }

  EntryPort port() {
    return port;
  }

  List<GraphNode.Step> steps() {
    return steps;
  }

  List<Schema> outputSchemas() {
    return outputSchemas;
  }

  List<Task> tasks() {
    return tasks;
  }

  /** The operators that compute the keys; none if these come with the rows. */
  List<OperatorStation> before() {
    return before == null ? List.of() : before.stations();
  }

  /** The tasks, and what computes the keys before them. */
  List<Task> all() {
    return all;
  }

  /** How far behind the entry's the watermark of an output is: the sum of the lags on its way. */
  long lagMillis(int output) {
    long lag = 0;
    int node = plan.outputs().get(output);
    if (graph.nodes().get(node) instanceof GraphNode.Late late) {
      node = inputOf(late.step());
    }
    while (node != plan.entry()) {
      GraphNode.Step step = (GraphNode.Step) graph.nodes().get(node);
      lag += step.spec().lagMillis();
      node = inputOf(node);
    }
    return lag;
  }

  private int inputOf(int step) {
    return graph.nodes().get(step).inputs().get(0);
  }

  /**
   * Offers each task its part of a turn.
   *
   * @param batch the rows; null if time goes on without any
   * @param numbers receives the numbers of the parts, by index in {@link #all}
   */
  void offer(@Nullable Batch batch, Timeline timeline, Timeline lateness, long[] numbers) {
    Batch spread = batch;
    if (before != null) {
      TaskTurn part = before.next();
      part.begin(timeline, lateness);
      if (batch != null) {
        part.rows().appendAll(batch);
      }
      numbers[tasks.size()] = before.offer();
      before.tryRun();
      spread = part.output(0).rows().batch(timeline, lateness);
    }
    if (spread != null) {
      exchange.assign(spread);
    }
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      TaskTurn part = task.next();
      part.begin(timeline, lateness);
      if (spread != null) {
        exchange.give(spread, i, part.rows());
      }
      numbers[i] = task.offer();
    }
  }

  boolean isDone(long[] numbers) {
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isDone(numbers[i])) {
        return false;
      }
    }
    return true;
  }

  /** Begins to deliver a turn that is done: {@link #delivered} has its parts until the next one. */
  void deliver(long[] numbers, TurnFailures failures) {
    TaskTurn[] parts = new TaskTurn[all.size()];
    List<TaskTurn.Report> reports = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = all.get(i).part(numbers[i]);
      reports.addAll(parts[i].reports());
      Throwable thrown = parts[i].failure();
      if (thrown != null) {
        failures.add(asRuntime(thrown));
      }
    }
    delivered = parts;
    Collections.sort(reports);
    for (TaskTurn.Report report : reports) {
      tell(report, failures);
    }
  }

  private void tell(TaskTurn.Report report, TurnFailures failures) {
    try {
      String error = report.error();
      if (error == null) {
        listener.late(report.query(), report.batch(), 0);
      } else {
        listener.failed(report.query(), report.batch(), 0, error);
      }
    } catch (RuntimeException e) { // the others are told all the same
      failures.add(e);
    }
  }

  private static RuntimeException asRuntime(Throwable thrown) {
    return thrown instanceof RuntimeException e
        ? e
        : new IllegalStateException("an operator failed: " + thrown, thrown);
  }

  /** The part of a task in the turn that is being delivered. */
  TaskTurn delivered(int task) {
    TaskTurn[] parts = delivered;
    if (parts == null) {
      throw new IllegalStateException("no turn is being delivered");
    }
    return parts[task];
  }

  void endDelivery() {
    delivered = null;
  }
}
