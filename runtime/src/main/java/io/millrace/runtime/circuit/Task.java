package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a section with the rows of some of its keys. Takes its part of the turns one by
 * one, in their order; whichever thread comes by runs it, one at a time.
 *
 * <p>The thread that has the turn of the circuit offers parts and takes them back when they are
 * done: a ring with one writer, its progress two numbers that only rise.
 */
final class Task {
  /** How many parts of turns may wait or be done at a time. A power of two. */
  static final int ROOM = 16;

  private final TurnFailures failures = new TurnFailures();
  private final TaskEntry entry;
  private final List<OperatorStation> stations = new ArrayList<>();
  private final List<OperatorStation> timeDriven = new ArrayList<>();
  private final TaskTurn[] ring = new TaskTurn[ROOM];
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private TaskTurn current;
  private volatile long offered;
  private volatile long done;

  /** How a task's operators are made. */
  interface StationMaker {
    OperatorStation make(
        GraphNode.Step step, List<Station> inputs, JobListener listener, TurnFailures failures);
  }

  /**
   * What a task runs.
   *
   * @param source the node whose rows come in
   * @param schema the columns of these
   * @param most how many of them a batch has at most
   * @param origin what is known of where they come from
   * @param steps the steps behind it, in topological order
   * @param outputs those of them whose rows are kept, and the nodes of late rows of them
   * @param outputSchemas the columns of these
   * @param late which of the outputs has the rows that come too late for a step, by step
   * @param silent those of them that report elsewhere
   */
  record Work(
      int source,
      Schema schema,
      int most,
      TaskEntry.Origin origin,
      List<GraphNode.Step> steps,
      List<Integer> outputs,
      List<Schema> outputSchemas,
      Map<Integer, Integer> late,
      Set<Integer> silent) {}

  Task(Work work, StationMaker maker) {
    for (int i = 0; i < ROOM; i++) {
      ring[i] = new TaskTurn(work.schema, work.outputSchemas);
    }
    current = ring[0];
    entry = new TaskEntry(work.schema, work.most, work.origin, failures);
    Map<Integer, Station> byNode = new HashMap<>();
    byNode.put(work.source, entry);
    for (GraphNode.Step step : work.steps) {
      Station input = byNode.get(step.inputs().get(0));
      OperatorStation station =
          maker.make(step, List.of(input), new Reporter(work, step), failures);
      byNode.put(step.id(), station);
      stations.add(station);
      if (station.isTimeDriven()) {
        timeDriven.add(station);
      }
    }
    stations.forEach(OperatorStation::connect);
    for (OperatorStation station : stations) {
      int output = work.outputs.indexOf(station.node().id());
      if (output >= 0) {
        station.connect(new Collector(station, output));
      }
      Integer ofLate = work.late.get(station.node().id());
      if (ofLate != null) {
        LateStation late = station.openLate(0, work.outputSchemas.get(ofLate), List.of());
        late.connect(new Collector(late, ofLate));
      }
    }
  }

  /** Has the way of the rows found anew, after operators have been reset. */
  void forgetDispatch() {
    entry.forgetDispatch();
  }

  /** Its operators, in the order of the section's steps. */
  List<OperatorStation> stations() {
    return stations;
  }

  /**
   * The part that is offered next, to be filled. There is room: no more than {@link #ROOM} wait.
   */
  TaskTurn next() {
    return ring[(int) offered & ROOM - 1];
  }

  /** Offers the part that has been filled and gives its number. */
  long offer() {
    long number = offered;
    offered = number + 1;
    return number;
  }

  boolean isDone(long number) {
    return done > number;
  }

  /** A part that is done. */
  TaskTurn part(long number) {
    return ring[(int) number & ROOM - 1];
  }

  /**
   * Runs what waits, unless another thread does.
   *
   * @return whether something was run
   */
  boolean tryRun() {
    if (done == offered || !isRunning.compareAndSet(false, true)) {
      return false;
    }
    try {
      long first = done;
      long next = first;
      while (next < offered) {
        run(part(next));
        done = ++next;
      }
      return next > first;
    } finally {
      isRunning.set(false);
    }
  }

  /** Whatever an operator throws is told to the thread that takes the part back. */
  private void run(TaskTurn turn) {
    current = turn;
    try {
      entry.begin(turn.timeline());
      entry.send(turn.rows(), turn.lateness());
      for (OperatorStation station : timeDriven) {
        station.onTime();
      }
      failures.throwIfAny();
    } catch (Throwable e) {
      turn.fail(e);
    }
  }

  /** Keeps the rows of an output for the thread that takes the part back. */
  private final class Collector implements Station.Consumer {
    private final Station from;
    private final int output;

    Collector(Station from, int output) {
      this.from = from;
      this.output = output;
    }

    @Override
    public void take(Batch batch) {
      current.output(output).append(batch, batch.lateness() != from.timeline());
    }

    @Override
    public @Nullable OperatorStation station() {
      return null;
    }
  }

  /** Keeps late and failed rows for the thread that takes the part back. */
  private final class Reporter implements JobListener {
    private final int node;
    private final boolean isHeard;

    Reporter(Work work, GraphNode.Step step) {
      this.node = step.id();
      this.isHeard = !work.silent.contains(step.id());
    }

    @Override
    public RowListener exit(String stream) {
      throw new IllegalStateException("a task has no exits");
    }

    @Override
    public void late(String query, Batch batch, int row) {
      note(query, batch, row, null);
    }

    @Override
    public void failed(String query, Batch batch, int row, String error) {
      note(query, batch, row, error);
    }

    private void note(String query, Batch batch, int row, @Nullable String error) {
      if (isHeard) {
        RowBuffer copy = new RowBuffer(batch.schema(), 1, batch.timeline());
        copy.append(batch, row);
        current
            .reports()
            .add(
                new TaskTurn.Report(
                    node, query, copy.batch(current.timeline(), current.lateness()), error));
      }
    }
  }
}
