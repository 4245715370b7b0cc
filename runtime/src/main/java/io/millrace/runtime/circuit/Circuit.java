package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.runtime.rescale.KeyGroups;
import io.millrace.spi.data.Batch;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running operators of all jobs of an engine. A job's graph is added and removed while the
 * circuit lives; a job may read the streams of jobs that are there already.
 *
 * <p>Rows go through it in turns: a batch of one entry is pushed depth first, in the order of the
 * script, through all operators behind the entry; then these take the progress of time, in
 * topological order. One thread at a time.
 */
public final class Circuit {
  /** More tasks than there are key groups would have nothing to do. */
  public static final int MOST_TASKS = KeyGroups.COUNT;

  private final KernelLoader loader;
  private final Supplier<StateBackend> backends;
  private final int batchSize;
  private final Map<String, Station> streams = new HashMap<>();
  private final List<EntryPort> entries = new ArrayList<>();
  private long nextCause;
  private long nextSequence;
  private final TurnFailures failures = new TurnFailures();
  private final Lookahead lookahead = new Lookahead(this, failures);
  private final Moments moments = new Moments();
  private @Nullable ClockedEntries clocked;
  private Runnable[] turnEnds = new Runnable[0];

  /**
   * @param backends gives an empty state back end for each operator of jobs that have none of their
   *     own kind
   * @param batchSize how many rows operators put into a batch
   */
  public Circuit(KernelLoader loader, Supplier<StateBackend> backends, int batchSize) {
    this.loader = loader;
    this.backends = backends;
    this.batchSize = batchSize;
  }

  public int batchSize() {
    return batchSize;
  }

  /**
   * Adds a job. Its operators see the rows of turns from now on.
   *
   * @param graph the job's operators; an entry of a stream that the circuit has already is joined
   *     to it
   * @param times for each stream that begins here, by name, where its times come from and its
   *     number of partitions
   * @param parallelism in how many tasks what can be spread by keys runs, from 1 to {@link
   *     #MOST_TASKS}
   */
  public CircuitJob add(
      OperatorGraph graph,
      Map<String, EntrySpec> times,
      EvaluationContext evaluation,
      JobListener listener,
      int parallelism) {
    return add(graph, times, evaluation, listener, parallelism, backends);
  }

  /**
   * As {@link #add(OperatorGraph, Map, EvaluationContext, JobListener, int)}, with state of the
   * job's own kind.
   *
   * @param ownBackends gives an empty state back end for each operator; called by any thread
   */
  public CircuitJob add(
      OperatorGraph graph,
      Map<String, EntrySpec> times,
      EvaluationContext evaluation,
      JobListener listener,
      int parallelism,
      Supplier<StateBackend> ownBackends) {
    CircuitJob job = new CircuitJob(this, listener);
    OperatorStation.Environment environment =
        new OperatorStation.Environment(loader, ownBackends, evaluation, batchSize, moments);
    try {
      new CircuitBuilder(this, job, graph, times, environment, listener).build(parallelism);
    } catch (RuntimeException e) {
      job.remove();
      throw e;
    }
    changed();
    return job;
  }

  /**
   * How a stream begins.
   *
   * @param time where its times come from
   * @param partitions how many partitions it has, at least 1
   * @param hasSource whether it is read from a source: then who reads it knows whether a partition
   *     is silent, and calls {@link Circuit#leaveOut}; else silence is the time between two turns
   * @param isPolled whether the order in which rows of several partitions come, or of several such
   *     streams, is another one each time they are read: which was polled when decides
   */
  public record EntrySpec(
      EntryPort.EntryTime time, int partitions, boolean hasSource, boolean isPolled) {
    /** One whose rows come in an order that is part of the input. */
    public EntrySpec(EntryPort.EntryTime time, int partitions, boolean hasSource) {
      this(time, partitions, hasSource, false);
    }
  }

  /**
   * Sends a batch of an entry through the circuit. {@code batch} has been made by {@link
   * EntryPort#newBatch}; its times and kinds are set, its positions are dense.
   *
   * @throws RuntimeException what a listener threw first, after all others have had their rows
   */
  public void turn(EntryPort entry, int partition, Batch batch) {
    turn(entry, partition, batch, null);
  }

  /**
   * As {@link #turn(EntryPort, int, Batch)}, of an entry that is told what its watermark is.
   *
   * @param marks what was said of each row; null for other entries
   */
  public void turn(EntryPort entry, int partition, Batch batch, @Nullable RowMarks marks) {
    entry.silence().end(partition);
    if (marks != null) {
      entry.senders().speaks(partition);
    }
    long base = nextCause;
    nextCause += 2L * batch.size() + 2;
    if (lookahead.concerns(entry)) {
      lookahead.turn(entry, partition, base, batch, marks);
    } else {
      turnNow(entry, partition, base, batch, marks);
    }
  }

  void turnNow(EntryPort entry, int partition, long base, Batch batch, @Nullable RowMarks marks) {
    entry.beginRows(partition, base, batch, marks);
    if (entry.route().isStraight()) {
      entry.emit(batch);
      endTurn(entry);
    } else {
      run(entry, batch);
    }
  }

  /**
   * Moves the watermark of a partition to {@code time}, if it is not there yet, and lets happen
   * what is due. An idle one speaks again, unless its watermark is the clock.
   */
  public void advance(EntryPort entry, int partition, long time) {
    boolean speaks = !entry.isArrival();
    if (speaks) {
      entry.silence().end(partition);
    }
    if (entry.watermark(partition) < time || (speaks && entry.isIdle(partition))) {
      long base = nextCause;
      nextCause += 2;
      if (entry.isOverheard()) {
        entry.overhear(partition, base, time);
      } else if (lookahead.concerns(entry)) {
        lookahead.advance(entry, partition, base, time);
      } else {
        advanceNow(entry, partition, base, time);
      }
    }
  }

  /**
   * Takes what the sender of an entry's rows has said behind them.
   *
   * @param watermark how far the sender is
   * @param isIdle whether it is idle
   */
  public void hear(EntryPort entry, int partition, long watermark, boolean isIdle) {
    entry.senders().hear(partition, isIdle);
    advance(entry, partition, watermark);
  }

  void advanceNow(EntryPort entry, int partition, long base, long time) {
    entry.beginAdvance(partition, base, time);
    run(entry, null);
  }

  /**
   * Leaves a partition out of the watermarks of what it is merged into, until its next turn, and
   * lets happen what is due. One that has ended is not idle.
   */
  public void leaveOut(EntryPort entry, int partition) {
    if (entry.isIdle(partition) || entry.watermark(partition) == Timeline.END) {
      return;
    }
    long base = nextCause;
    nextCause += 2;
    if (lookahead.concerns(entry)) {
      lookahead.leaveOut(entry, partition, base);
    } else {
      leaveOutNow(entry, partition, base);
    }
  }

  void leaveOutNow(EntryPort entry, int partition, long base) {
    entry.beginIdle(partition, base);
    run(entry, null);
  }

  /**
   * Whether rows that have been taken are still on their way, with tasks that work ahead: until
   * {@link #settle}.
   */
  public boolean isAhead() {
    return lookahead.isAhead();
  }

  /**
   * Has all rows that have been taken reach their ends. What fails is told by the entry whose rows
   * they are.
   *
   * @see EntryPort#throwIfFailed
   */
  public void settle() {
    lookahead.settle();
  }

  Lookahead lookahead() {
    return lookahead;
  }

  /** The number of the last cause: rises with every row that enters. */
  public long cause() {
    return nextCause;
  }

  /** Makes the next cause at least {@code cause}, so that causes which were saved stay smaller. */
  void skipCauses(long cause) {
    nextCause = Math.max(nextCause, cause);
  }

  /**
   * Moves the watermarks of several entries at once, in one turn, so that what is due on the way
   * comes in the order of its time where their rows meet.
   *
   * @param route what a turn of all of them concerns
   */
  void advanceTogether(List<EntryPort> together, Route route, long time) {
    long base = nextCause;
    nextCause += 2;
    Runnable inCircuit =
        () -> {
          together.forEach(entry -> entry.beginAdvanceOfAll(base, time));
          beginMerging(route);
          takeTime(route);
          together.forEach(EntryPort::endTurn);
          endTurn();
        };
    if (lookahead.isAhead() || together.stream().anyMatch(EntryPort::hasSections)) {
      lookahead.advanceTogether(together, base, time, inCircuit);
    } else {
      inCircuit.run();
    }
  }

  private void run(EntryPort entry, @Nullable Batch batch) {
    Route route = entry.route();
    beginMerging(route);
    if (batch != null) {
      entry.emit(batch);
    }
    takeTime(route);
    endTurn(entry);
  }

  private static void beginMerging(Route route) {
    for (OperatorStation station : route.merging()) {
      station.beginTurn(route.reached());
    }
  }

  /** Lets time go on behind the rows of a turn. */
  private void takeTime(Route route) {
    for (OperatorStation station : route.timeDriven()) {
      try {
        station.onTime();
      } catch (RuntimeException e) { // the others' time goes on all the same
        failures.add(e);
      }
    }
    for (OperatorStation station : route.merging()) {
      station.endTurn();
    }
  }

  private void endTurn(EntryPort entry) {
    entry.endTurn();
    endTurn();
  }

  private void endTurn() {
    for (Runnable action : turnEnds) {
      try {
        action.run();
      } catch (RuntimeException e) { // the others end their turn all the same
        failures.add(e);
      }
    }
    moments.clear();
    failures.throwIfAny();
  }

  void atTurnEnd(Runnable action) {
    turnEnds = Arrays.copyOf(turnEnds, turnEnds.length + 1);
    turnEnds[turnEnds.length - 1] = action;
  }

  void removeTurnEnd(Runnable action) {
    List<Runnable> left = new ArrayList<>(List.of(turnEnds));
    left.remove(action);
    turnEnds = left.toArray(Runnable[]::new);
  }

  @Nullable Station findStation(String stream) {
    return streams.get(key(stream));
  }

  /** Opens a new entry; see {@link EntryPort}. */
  EntryPort open(GraphNode.Entry entry, EntrySpec spec, int lanesOfSender) {
    EntryPort port = new EntryPort(entry.stream(), entry.schema(), spec, lanesOfSender, failures);
    entries.add(port);
    publish(entry.stream(), port);
    return port;
  }

  /** Makes a running operator. */
  OperatorStation station(
      GraphNode.Step step,
      List<Station> inputs,
      Station.Rows rows,
      OperatorStation.Environment environment,
      JobListener listener,
      TurnFailures told,
      boolean ranksRows) {
    return new OperatorStation(
        step,
        nextSequence++,
        inputs,
        rows,
        new OperatorStation.Surroundings(environment, listener, told, ranksRows));
  }

  TurnFailures failures() {
    return failures;
  }

  /** Makes the rows of a station known under the name of a stream, for jobs that come later. */
  void publish(String stream, Station station) {
    streams.put(key(stream), station);
  }

  void remove(List<EntryPort> ports, Map<String, Station> published) {
    entries.removeAll(ports);
    published.forEach((stream, station) -> streams.remove(key(stream), station));
    changed();
  }

  /**
   * Moves the clock: that of the streams whose rows have the times of their arrival, where time
   * matters, and that by which inputs fall silent. What is due on the way happens in the order of
   * its time.
   */
  public void advanceClock(long millis) {
    moveClock(millis, null, millis);
  }

  /**
   * As {@link #advanceClock(long)}, before a turn of rows.
   *
   * @param next whose rows they are: where these have the times of their arrival, its clock moves
   *     with that turn
   * @param first the time of the first of them
   */
  public void advanceClock(long millis, EntryPort next, long first) {
    moveClock(millis, next, first);
  }

  private void moveClock(long millis, @Nullable EntryPort next, long first) {
    ClockedEntries moved = clocked();
    IdleWatch watched = moved.watch();
    watched.look(millis);
    for (long due = watched.next(); due <= millis; due = watched.next()) {
      moved.move(due, next, first);
      watched.leaveOut(due);
    }
    moved.move(millis, next, first);
  }

  /** Has the silence of inputs counted from now on, where it is not yet: nothing happens. */
  public void lookAtClock(long millis) {
    clocked().watch().look(millis);
  }

  /** Whether the clock moves anything at all. */
  public boolean needsClock() {
    return clocked().isAny();
  }

  private ClockedEntries clocked() {
    ClockedEntries known = clocked;
    if (known == null) {
      known = ClockedEntries.of(this, entries);
      clocked = known;
    }
    return known;
  }

  private void changed() {
    clocked = null;
    for (EntryPort entry : entries) {
      entry.forgetRoute();
    }
  }

  private static String key(String stream) {
    return stream.toLowerCase(Locale.ROOT);
  }
}
