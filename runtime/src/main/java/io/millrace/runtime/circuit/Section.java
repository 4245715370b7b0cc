package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.SectionPlan;
import io.millrace.runtime.rescale.TaskKeys;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators of a job that run in tasks, and the exchange that spreads the rows of an entry over
 * them.
 */
final class Section {
  private final SectionPlan plan;
  private final EntryPort port;
  private final List<GraphNode.Step> steps;
  private final List<Schema> outputSchemas;
  private final JobListener listener;
  private final Exchange exchange;
  private final List<Task> tasks = new ArrayList<>();

  /** The parts of the turn that is being delivered, by task; null between turns. */
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
    this.listener = listener;
    this.steps = plan.nodes().stream().map(id -> (GraphNode.Step) graph.nodes().get(id)).toList();
    this.outputSchemas = plan.outputs().stream().map(id -> graph.nodes().get(id).schema()).toList();
    this.exchange = new Exchange(plan.columns(), parallelism);
    for (int i = 0; i < parallelism; i++) {
      tasks.add(new Task(this, maker));
    }
  }

  SectionPlan plan() {
    return plan;
  }

  /** By what the rows of one of its steps are spread. */
  TaskKeys keys(GraphNode.Step step) {
    return new TaskKeys(plan.keyColumns(step), tasks.size());
  }

  /** The columns of the rows that come in. */
  Schema schema() {
    return port.schema();
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

  /** How far behind the entry's the watermark of an output is: the sum of the lags on its way. */
  long lagMillis(int output) {
    long lag = 0;
    int node = plan.outputs().get(output);
    while (node != plan.entry()) {
      GraphNode.Step step = step(node);
      lag += step.spec().lagMillis();
      node = step.inputs().get(0);
    }
    return lag;
  }

  private GraphNode.Step step(int node) {
    return steps.stream().filter(step -> step.id() == node).findFirst().orElseThrow();
  }

  /**
   * Offers each task its part of a turn.
   *
   * @param batch the rows; null if time goes on without any
   * @param numbers receives the numbers of the parts, by task
   */
  void offer(@Nullable Batch batch, Timeline timeline, Timeline lateness, long[] numbers) {
    if (batch != null) {
      exchange.assign(batch);
    }
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      TaskTurn part = task.next();
      part.begin(timeline, lateness);
      if (batch != null) {
        exchange.give(batch, i, part.rows());
      }
      numbers[i] = task.offer();
    }
  }

  boolean isDone(long[] numbers) {
    for (int i = 0; i < tasks.size(); i++) {
      if (!tasks.get(i).isDone(numbers[i])) {
        return false;
      }
    }
    return true;
  }

  /** Begins to deliver a turn that is done: {@link #delivered} has its parts until the next one. */
  void deliver(long[] numbers, TurnFailures failures) {
    TaskTurn[] parts = new TaskTurn[tasks.size()];
    List<TaskTurn.Report> reports = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = tasks.get(i).part(numbers[i]);
      reports.addAll(parts[i].reports());
      Throwable thrown = parts[i].failure();
      if (thrown != null) {
        failures.add(asRuntime(thrown));
      }
    }
    delivered = parts;
    if (!reports.isEmpty()) {
      reports.sort(
          Comparator.comparingLong(TaskTurn.Report::sequence)
              .thenComparingInt(TaskTurn.Report::position));
      for (TaskTurn.Report report : reports) {
        tell(report, failures);
      }
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
