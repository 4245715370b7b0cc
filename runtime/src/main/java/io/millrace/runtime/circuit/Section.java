package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.SectionPlan;
import io.millrace.operators.table.TableSpec;
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
 * Operators of a job that run in tasks, and the exchange that spreads over them the rows of an
 * entry, or those of another section.
 */
final class Section {
  private final SectionPlan plan;
  private final Source source;
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

  /** How many turns have been begun, and how many of them the tasks have been offered. */
  private long begun;

  private long offered;

  /** The parts of the turn that is being delivered, as {@link #all}; null between turns. */
  private TaskTurn @Nullable [] delivered;

  /**
   * Where rows come from.
   *
   * @param port the entry that all come from in the end
   * @param handover how they come from another section; null if they are the entry's own
   * @param batchSize how many rows operators put into a batch, and how many are spread at a time
   * @param lanes see {@link Station#lanes}
   */
  record Source(
      EntryPort port,
      @Nullable Handover handover,
      int batchSize,
      List<Station.SourcePartition> lanes) {
    Source {
      lanes = List.copyOf(lanes);
    }

    TaskEntry.Origin origin() {
      return new TaskEntry.Origin(port.arrival(), lanes);
    }
  }

  Section(
      SectionPlan plan,
      OperatorGraph graph,
      Source source,
      int parallelism,
      JobListener listener,
      Task.StationMaker maker) {
    this.plan = plan;
    this.source = source;
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
                  source.handover == null && before == null ? Integer.MAX_VALUE : source.batchSize,
                  source.origin(),
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
            source.port.schema(),
            Integer.MAX_VALUE,
            source.origin(),
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
    return source.port;
  }

  /** Whether it holds what queries read, maybe those of subscribers. */
  boolean holdsTables() {
    return steps.stream().anyMatch(step -> step.spec() instanceof TableSpec);
  }

  /** The section whose rows it takes; null if they are those of the entry. */
  @Nullable Section taken() {
    Handover handover = source.handover;
    return handover == null ? null : handover.from();
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

  /** How far behind the entry's the watermark of the rows is that it takes. */
  long lagMillis() {
    return lagOf(plan.from());
  }

  /** How far behind the entry's the watermark of an output is: the sum of the lags on its way. */
  long lagMillis(int output) {
    int node = plan.outputs().get(output);
    return lagOf(
        graph.nodes().get(node) instanceof GraphNode.Late late ? inputOf(late.step()) : node);
  }

  private long lagOf(int node) {
    long lag = 0;
    for (int at = node; at != plan.entry(); at = inputOf(at)) {
      lag += ((GraphNode.Step) graph.nodes().get(at)).spec().lagMillis();
    }
    return lag;
  }

  private int inputOf(int step) {
    return graph.nodes().get(step).inputs().get(0);
  }

  /** Begins a turn and gives its number: they are offered to the tasks in this order. */
  long begin() {
    return begun++;
  }

  /** Whether the tasks have been offered all turns before one. */
  boolean isNext(long turn) {
    return offered == turn;
  }

  /**
   * Offers each task its part of the next turn, of the entry's rows.
   *
   * @param batch the rows; null if time goes on without any
   * @param numbers receives the numbers of the parts, by index in {@link #all}
   */
  void offer(@Nullable Batch batch, Timeline timeline, Timeline lateness, long[] numbers) {
    if (before == null) {
      beginParts(timeline, lateness);
      if (batch != null) {
        spread(batch, null);
      }
      offerParts(numbers);
      return;
    }
    TaskTurn part = before.next();
    part.begin(timeline, lateness);
    if (batch != null) {
      part.rows().append(batch, true);
    }
    numbers[tasks.size()] = before.offer();
    before.tryRun();
    beginParts(timeline, lateness);
    spread(part.output(0), 0, timeline, lateness);
    offerParts(numbers);
  }

  /**
   * Offers each task its part of the next turn, of the rows of the section before, which is done
   * with it. If they cannot be handed over, the parts have no rows: the turns behind this one, and
   * those of other jobs, go on.
   *
   * @param taken the numbers of the parts of that section
   * @param timeline the watermark of these rows
   * @param numbers receives the numbers of the parts, by index in {@link #all}
   * @return why they could not be handed over; null if they were
   */
  @Nullable RuntimeException offer(
      long[] taken, Timeline timeline, Timeline lateness, long[] numbers) {
    Handover handover = source.handover;
    if (handover == null) {
      throw new IllegalStateException("no section is before this one");
    }
    beginParts(timeline, lateness);
    RuntimeException failure = null;
    try {
      handover.begin(taken);
      for (int first = 0; handover.hasNext(); first += source.batchSize) {
        TaskRows rows = handover.next(source.batchSize);
        spread(rows, first, timeline, lateness);
      }
    } catch (RuntimeException e) { // told where the turn is delivered, as what a task throws is
      beginParts(timeline, lateness);
      failure = e;
    }
    offerParts(numbers);
    return failure;
  }

  /** Begins the next part of each task, without rows. */
  private void beginParts(Timeline timeline, Timeline lateness) {
    tasks.forEach(task -> task.next().begin(timeline, lateness));
  }

  /**
   * Gives each task its rows of those that do not come straight from the entry.
   *
   * @param first how many of the turn have been spread before them
   */
  private void spread(TaskRows rows, int first, Timeline timeline, Timeline lateness) {
    if (plan.numbersRows()) {
      rows.number(first);
    }
    spread(rows.rows().batch(timeline, lateness), rows);
  }

  private void spread(Batch batch, @Nullable TaskRows of) {
    for (int from = 0; from < batch.size(); from += source.batchSize) {
      exchange.assign(batch, from, Math.min(source.batchSize, batch.size() - from));
      for (int i = 0; i < tasks.size(); i++) {
        exchange.give(batch, of, i, tasks.get(i).next().rows());
      }
    }
  }

  private void offerParts(long[] numbers) {
    for (int i = 0; i < tasks.size(); i++) {
      numbers[i] = tasks.get(i).offer();
    }
    offered++;
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
