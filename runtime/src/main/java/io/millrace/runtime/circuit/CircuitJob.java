package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.rollup.RollupOperator;
import io.millrace.operators.rollup.RollupSpec;
import io.millrace.operators.table.TableContents;
import io.millrace.operators.table.TableOperator;
import io.millrace.operators.table.TableSpec;
import io.millrace.operators.window.HeldContents;
import io.millrace.operators.window.NamedWindowSpec;
import io.millrace.runtime.rescale.Rescaling;
import io.millrace.runtime.rescale.StateInventory;
import io.millrace.runtime.rescale.TaskKeys;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.time.Timeline;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a circuit that belongs to one job. Used under the engine's lock. */
public final class CircuitJob {
  private final Circuit circuit;
  private final JobListener listener;
  private final List<OperatorStation> stations = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final List<EntryPort> entries = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private final Map<String, OperatorStation> windows = new HashMap<>();
  private final Map<String, OperatorStation> rollups = new HashMap<>();
  private final Map<String, Station> published = new HashMap<>();
  private @Nullable Runnable turnEnd;

  CircuitJob(Circuit circuit, JobListener listener) {
    this.circuit = circuit;
    this.listener = listener;
  }

  void add(OperatorStation station) {
    stations.add(station);
    if (station.node().spec() instanceof NamedWindowSpec window) {
      windows.put(window.name().toLowerCase(Locale.ROOT), station);
    }
    if (station.node().spec() instanceof RollupSpec) {
      rollups.put(station.node().query().toLowerCase(Locale.ROOT), station);
    }
  }

  void addEntry(EntryPort port) {
    entries.add(port);
    published.put(port.stream(), port);
  }

  void addExit(String stream, Station from) {
    exits.add(new Exit(stream, from));
  }

  void add(Section section) {
    sections.add(section);
  }

  void connect() {
    stations.forEach(OperatorStation::connect);
    circuit.lookahead().add(sections);
  }

  /** All that runs operators, with and without tasks. */
  private List<Instance> instances() {
    List<Instance> instances = new ArrayList<>();
    for (OperatorStation station : stations) {
      if (!(station.node().spec() instanceof GatherSpec)) {
        instances.add(new Instance(station, station.node().identity()));
      }
    }
    for (Section section : sections) {
      section.before().forEach(it -> instances.add(new Instance(it, it.node().identity())));
      int count = section.tasks().size();
      for (int task = 0; task < count; task++) {
        for (OperatorStation station : section.tasks().get(task).stations()) {
          String identity = station.node().identity();
          List<Integer> keys = section.plan().keyPlaces(station.node());
          instances.add(new Instance(station, TaskIdentity.of(identity, task, count, keys)));
        }
      }
    }
    instances.sort(Comparator.comparingInt(it -> it.station.node().id()));
    return instances;
  }

  /**
   * A running operator.
   *
   * @param identity names its state, with its task; empty if it has none
   */
  private record Instance(OperatorStation station, String identity) {
    boolean hasState() {
      return !identity.isEmpty();
    }
  }

  /**
   * Has the rows of a stream given to the job's listener from now on; before that they cost
   * nothing.
   */
  public void listen(String stream) {
    for (Exit exit : exits) {
      if (exit.stream.equals(stream) && !exit.connected) {
        exit.connected = true;
        exit.from.connect(exit);
      }
    }
  }

  /**
   * Has something done at the end of every turn, when all rows of the turn have left, in place of
   * what was done there before.
   */
  public void atTurnEnd(Runnable action) {
    removeTurnEnd();
    turnEnd = action;
    circuit.atTurnEnd(action);
  }

  private void removeTurnEnd() {
    Runnable known = turnEnd;
    if (known != null) {
      circuit.removeTurnEnd(known);
    }
    turnEnd = null;
  }

  /** The number of rows of a stream or bare query since the start. */
  public long rows(String stream) {
    return exits.stream()
        .filter(exit -> exit.stream.equals(stream))
        .mapToLong(exit -> exit.from.rows())
        .sum();
  }

  /** How far the watermark of a stream that leaves the job has come, between two turns. */
  public long watermark(String stream) {
    return timeline(stream).last();
  }

  /** Whether all that a stream comes from which leaves the job is idle, between two turns. */
  public boolean isIdle(String stream) {
    return timeline(stream).isIdle();
  }

  private Timeline timeline(String stream) {
    return exits.stream()
        .filter(exit -> exit.stream.equals(stream))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + stream + "' does not leave"))
        .from
        .timeline();
  }

  /** Makes the streams that the job derives known to jobs that come later. */
  public void publish(Set<String> streams) {
    for (Exit exit : exits) {
      if (streams.contains(exit.stream)) {
        circuit.publish(exit.stream, exit.from);
        published.put(exit.stream, exit.from);
      }
    }
  }

  /** Where the rows of a stream of this job enter. */
  public Optional<EntryPort> findEntry(String stream) {
    return entries.stream().filter(entry -> entry.stream().equalsIgnoreCase(stream)).findFirst();
  }

  public List<EntryPort> entries() {
    return entries;
  }

  /** The current rows of a table of this job, until the next turn. */
  public Optional<TableContents> findTable(String name) {
    List<TableOperator> parts =
        instances().stream()
            .map(Instance::station)
            .filter(
                it ->
                    it.node().spec() instanceof TableSpec table
                        && table.name().equalsIgnoreCase(name))
            .map(station -> (TableOperator) station.operator())
            .toList();
    return parts.isEmpty() ? Optional.empty() : Optional.of(new TableContents(parts));
  }

  /** What holds the rows of a named window of this job. */
  public Optional<HeldContents.Holder> findWindow(String name) {
    return Optional.ofNullable(windows.get(name.toLowerCase(Locale.ROOT)))
        .map(station -> (HeldContents.Holder) station.operator());
  }

  /** The buckets of an aggregation of this job. */
  public Optional<RollupOperator> findRollup(String name) {
    return Optional.ofNullable(rollups.get(name.toLowerCase(Locale.ROOT)))
        .map(station -> (RollupOperator) station.operator());
  }

  /** The number of keys and rows that its operators hold. */
  public long stateEntries() {
    return instances().stream().mapToLong(it -> it.station.backend().entries()).sum();
  }

  /**
   * What its entries have done, in their order, then its operators, in the order of the graph. One
   * that runs at several places, because others need its rows too, is looked at where it reports.
   */
  public List<OperatorMetrics> metrics() {
    Stream<OperatorStation> inTasks =
        sections.stream()
            .flatMap(
                section ->
                    section.all().stream()
                        .flatMap(task -> task.stations().stream())
                        .filter(it -> !section.plan().shared().contains(it.node().id())));
    Map<Integer, OperatorMetrics> byNode = new TreeMap<>();
    Stream.concat(stations.stream(), inTasks)
        .filter(station -> !(station.node().spec() instanceof GatherSpec))
        .map(OperatorMetrics::of)
        .forEach(one -> byNode.merge(one.node(), one, OperatorMetrics::plus));
    List<OperatorMetrics> all = new ArrayList<>();
    entries.forEach(entry -> all.add(OperatorMetrics.of(entry)));
    all.addAll(byNode.values());
    return all;
  }

  /**
   * Checks that nothing else depends on the job.
   *
   * @throws MillraceException if another job reads one of its streams
   */
  public void checkRemovable() {
    Set<Station> own = own();
    for (Station station : own) {
      for (Station.Consumer consumer : station.consumers()) {
        OperatorStation reader = consumer.station();
        if (reader != null
            ? !own.contains(reader)
            : !(consumer instanceof Exit exit && exits.contains(exit))) {
          throw new MillraceException(
              "another job reads " + describe(station) + ": drop that job first");
        }
      }
    }
  }

  /** Takes the job out of the circuit. */
  public void remove() {
    circuit.lookahead().remove(sections);
    stations.forEach(OperatorStation::disconnect);
    exits.forEach(exit -> exit.from.disconnect(exit));
    removeTurnEnd();
    circuit.remove(entries, published);
    stations.forEach(OperatorStation::close);
    for (Section section : sections) {
      section.all().forEach(task -> task.stations().forEach(OperatorStation::close));
    }
  }

  private Set<Station> own() {
    Set<Station> own = new HashSet<>(stations);
    own.addAll(entries);
    return own;
  }

  private String describe(Station station) {
    if (station instanceof EntryPort entry) {
      return "stream '" + entry.stream() + "'";
    }
    return exits.stream()
        .filter(exit -> exit.from == station)
        .findFirst()
        .map(exit -> "stream '" + exit.stream + "'")
        .orElse("a stream");
  }

  /**
   * Takes the state of its operators out, between two turns.
   *
   * @param full whether what is taken out must stand by itself; else it is what changed since the
   *     last time
   */
  public List<OperatorCapture> capture(boolean full) {
    return captures(backend -> backend.capture(full));
  }

  /**
   * As {@link #capture}, but of what is to be taken out some may be left, to be taken out between
   * turns that follow.
   */
  public List<OperatorCapture> beginCapture(boolean full) {
    return captures(backend -> backend.beginCapture(full));
  }

  private List<OperatorCapture> captures(Function<StateBackend, StateCapture> capture) {
    List<OperatorCapture> captures = new ArrayList<>();
    for (Instance instance : instances()) {
      if (instance.hasState()) {
        captures.add(
            new OperatorCapture(instance.identity, capture.apply(instance.station.backend())));
      }
    }
    return captures;
  }

  /**
   * The state of an operator, taken out.
   *
   * @param identity see {@link io.millrace.operators.graph.GraphNode.Step#identity}
   */
  public record OperatorCapture(String identity, StateCapture capture) {}

  /** For each operator with state, by its identity, what it is: its query and its description. */
  public Map<String, String> statefulOperators() {
    Map<String, String> operators = new LinkedHashMap<>();
    for (Instance instance : instances()) {
      if (instance.hasState()) {
        GraphNode.Step node = instance.station.node();
        operators.put(instance.identity, node.query() + ": " + node.spec().describe());
      }
    }
    return operators;
  }

  /**
   * State as an operator declares it, empty and not in use. May be called by any thread.
   *
   * @param identity of one of {@link #statefulOperators}
   */
  public StateBackend emptyState(String identity) {
    return find(identity).emptyState().backend();
  }

  /** Has the job begin anew, as if it had never had a row. Between two turns. */
  public void reset() {
    for (Instance instance : instances()) {
      instance.station.reset();
      instance.station.forgetDispatch();
    }
    for (Section section : sections) {
      section.all().forEach(Task::forgetDispatch);
    }
    entries.forEach(EntryPort::reset);
    endRestore();
  }

  /**
   * Reads what a capture of an operator wrote, before the first turn or after {@link #reset}: first
   * a full one, then those of what changed since.
   *
   * @throws MillraceException if it does not fit
   */
  public void restore(String identity, DataInput in) throws IOException {
    find(identity).backend().restore(in);
  }

  /**
   * Restores an operator whose state was saved by another number of tasks, or by tasks with other
   * keys, before the first turn or after {@link #reset}.
   *
   * @param identity of the operator, without tasks
   * @param parts for each part of its state what restores it into an empty one
   * @throws MillraceException if it does not fit
   */
  public void rescale(String identity, List<Consumer<StateBackend>> parts) {
    List<OperatorStation> instances =
        instances().stream()
            .filter(it -> TaskIdentity.operatorOf(it.identity).equals(identity))
            .map(Instance::station)
            .toList();
    OperatorStation first = instances.get(0);
    TaskKeys keys =
        sections.stream()
            .filter(section -> section.steps().contains(first.node()))
            .map(section -> section.keys(first.node()))
            .findFirst()
            .orElse(TaskKeys.ONE_TASK);
    Rescaling rescaling =
        new Rescaling(instances.stream().map(OperatorStation::inventory).toList(), keys);
    for (Consumer<StateBackend> part : parts) {
      StateInventory saved = first.emptyState();
      try (StateBackend backend = saved.backend()) {
        part.accept(backend);
        rescaling.take(saved);
      }
    }
  }

  private OperatorStation find(String identity) {
    return instances().stream()
        .filter(it -> it.identity.equals(identity))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operator " + identity))
        .station;
  }

  /** Sets from where the time of a partition goes on, before the first turn. */
  public void restore(EntryPort entry, int partition, EntryPort.PartitionTime at) {
    entry.restore(partition, at);
  }

  /**
   * Sets what the watermark of an entry had reached, before the first turn.
   *
   * @param echoed see {@link EntryPort#echoed}
   */
  public void restore(EntryPort entry, long reached, long echoed) {
    entry.restore(reached, echoed);
  }

  /**
   * Ends a restore: watermarks have their effect.
   *
   * @param cause at least what {@link Circuit#cause} was when the state was captured
   */
  public void endRestore(long cause) {
    circuit.skipCauses(cause);
    endRestore();
  }

  private void endRestore() {
    entries.forEach(EntryPort::endRestore);
    stations.forEach(OperatorStation::takeTime);
  }

  /** The number of the last cause, see {@link Circuit#cause}. */
  public long cause() {
    return circuit.cause();
  }

  /** Where the rows of a stream leave for the job's listener. */
  private final class Exit implements Station.Consumer {
    private final String stream;
    private final Station from;
    private final JobListener.RowListener rows;
    private boolean connected;

    Exit(String stream, Station from) {
      this.rows = listener.exit(stream);
      this.stream = stream;
      this.from = from;
    }

    @Override
    public void take(Batch batch) {
      rows.rows(batch);
    }

    @Override
    public @Nullable OperatorStation station() {
      return null;
    }
  }
}
