package io.millrace.runtime.circuit;

import io.millrace.operators.table.TableOperator;
import io.millrace.operators.table.TableSpec;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a circuit that belongs to one job. Used under the engine's lock. */
public final class CircuitJob {
  private static final int SNAPSHOT_VERSION = 1;
  private final Circuit circuit;
  private final JobListener listener;
  private final List<OperatorStation> stations = new ArrayList<>();
  private final List<EntryPort> entries = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private final Map<String, TableOperator> tables = new HashMap<>();
  private final Map<String, Station> published = new HashMap<>();

  CircuitJob(Circuit circuit, JobListener listener) {
    this.circuit = circuit;
    this.listener = listener;
  }

  void add(OperatorStation station) {
    stations.add(station);
    if (station.node().spec() instanceof TableSpec table
        && station.operator() instanceof TableOperator operator) {
      tables.put(table.name().toLowerCase(Locale.ROOT), operator);
    }
  }

  void addEntry(EntryPort port) {
    entries.add(port);
    published.put(port.stream(), port);
  }

  void addExit(String stream, Station from) {
    exits.add(new Exit(stream, from));
  }

  void connect() {
    stations.forEach(OperatorStation::connect);
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

  /** The number of rows of a stream or bare query since the start. */
  public long rows(String stream) {
    return exits.stream()
        .filter(exit -> exit.stream.equals(stream))
        .mapToLong(exit -> exit.from.rows())
        .sum();
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

  /** The current rows of a table of this job. */
  public Optional<TableOperator> findTable(String name) {
    return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The number of keys and rows that its operators hold. */
  public long stateEntries() {
    return stations.stream().mapToLong(station -> station.backend().entries()).sum();
  }

  /**
   * How many rows each of its operators has sent, by the operator's description, in the order of
   * the graph.
   */
  public List<OperatorCount> counts() {
    return stations.stream()
        .map(
            station ->
                new OperatorCount(
                    station.node().query(), station.node().spec().describe(), station.rows()))
        .toList();
  }

  /** What an operator has sent since the start. */
  public record OperatorCount(String query, String operator, long rows) {}

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
    stations.forEach(OperatorStation::disconnect);
    exits.forEach(exit -> exit.from.disconnect(exit));
    circuit.remove(entries, published);
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

  /** Writes the watermarks of its entries and the state of its operators. Between two turns. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(SNAPSHOT_VERSION);
    out.writeInt(entries.size());
    for (EntryPort entry : entries) {
      out.writeUTF(entry.stream());
      out.writeInt(entry.partitionCount());
      for (int i = 0; i < entry.partitionCount(); i++) {
        out.writeLong(entry.watermark(i));
      }
    }
    out.writeInt(stations.size());
    for (OperatorStation station : stations) {
      out.writeUTF(station.node().spec().describe());
      station.backend().capture(true).write(out);
    }
  }

  /**
   * Reads what {@link #save} wrote, before the first turn.
   *
   * @throws MillraceException if it is of another script
   */
  public void restore(DataInput in) throws IOException {
    expect("snapshot version", String.valueOf(SNAPSHOT_VERSION), String.valueOf(in.readInt()));
    expect("number of sources", String.valueOf(entries.size()), String.valueOf(in.readInt()));
    for (EntryPort entry : entries) {
      expect("source", entry.stream(), in.readUTF());
      expect(
          "partitions of " + entry.stream(),
          String.valueOf(entry.partitionCount()),
          String.valueOf(in.readInt()));
      for (int i = 0; i < entry.partitionCount(); i++) {
        entry.partition(i).restore(in.readLong());
      }
      entry.endRestore();
    }
    expect("number of operators", String.valueOf(stations.size()), String.valueOf(in.readInt()));
    for (OperatorStation station : stations) {
      expect("operator", station.node().spec().describe(), in.readUTF());
      station.backend().restore(in);
    }
    stations.forEach(OperatorStation::takeTime);
  }

  private static void expect(String what, String now, String saved) {
    if (!now.equals(saved)) {
      throw new MillraceException(
          "the snapshot is of another script: its "
              + what
              + " is '"
              + saved
              + "', that of the script is '"
              + now
              + "'");
    }
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
