package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.engine.delivery.RowNumbering;
import io.millrace.engine.delivery.SinkDelivery.Way;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.commit.HeldOutput;
import io.millrace.runtime.commit.JobRestore;
import io.millrace.runtime.commit.JobSinks;
import io.millrace.runtime.commit.ManifestSections;
import io.millrace.runtime.commit.Recovery;
import io.millrace.runtime.commit.RowNumbers;
import io.millrace.runtime.source.Feed;
import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.Options;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.types.Field;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens attempts to run one job, in the order of recovery: fence, find what was committed, restore
 * exactly that, discard what is newer, seek, open the sinks behind it.
 */
final class JobOpener {
  /** An interval, its snapshot, and whatever holds them up. */
  private static final Duration TRANSACTION_MARGIN = Duration.ofMinutes(1);

  private final String name;
  private final EngineParts parts;
  private final CompiledScript script;
  private final Connections connections;
  private final JobPipes pipes;
  private final JobSettings settings;
  private final DeliveryPlan delivery;
  private final JobOverload overload;
  private final @Nullable SnapshotStores stores;

  JobOpener(
      String name,
      EngineParts parts,
      CompiledScript script,
      Connections connections,
      JobPipes pipes,
      DeliveryPlan delivery,
      @Nullable SnapshotStores stores) {
    this.name = name;
    this.parts = parts;
    this.script = script;
    this.connections = connections;
    this.pipes = pipes;
    this.settings = JobSettings.of(script);
    this.delivery = delivery;
    this.overload = new JobOverload(name, script, connections, parts.core().clock());
    this.stores = stores;
  }

  JobSettings settings() {
    return settings;
  }

  DeliveryPlan delivery() {
    return delivery;
  }

  /** Whether the job is a part of a shared one. */
  boolean isPart() {
    return connections.isOfPart();
  }

  JobOverload overload() {
    return overload;
  }

  /** Where the job's snapshots are; empty if it keeps none, or not in files. */
  Optional<Path> snapshotFolder() {
    return delivery.keepsSnapshots() && stores instanceof FileSnapshotStores files
        ? Optional.of(files.folderOf(name))
        : Optional.empty();
  }

  OpenInputs openInputs() {
    return OpenInputs.open(
        script.plan().streams().stream().filter(this::isConnected).toList(),
        connections,
        delivery,
        settings.snapshots().interval().plus(TRANSACTION_MARGIN),
        pipes.exchanges());
  }

  boolean isConnected(StreamDeclaration stream) {
    return stream.connector() != null && !parts.connectorsInMemory();
  }

  boolean hasRecordTimes(StreamDeclaration stream) {
    return stream.connector() != null
        && connections.sourceConnector(stream).givesRecordTimes(connections.definition(stream));
  }

  /** Whether a stream's source never ends, so that which partition is polled first is open. */
  boolean isEndless(StreamDeclaration stream) {
    return stream.connector() != null
        && !connections.sourceConnector(stream).isBounded(connections.definition(stream));
  }

  /**
   * Restores a job whose operators have had no rows, or have been reset, and opens its sinks. If
   * that fails, everything is closed, the inputs too.
   */
  JobAttempt open(OpenInputs inputs, CircuitJob circuit) {
    Opening opening = new Opening(inputs);
    try {
      return opening.open(circuit);
    } catch (RuntimeException e) {
      opening.close();
      throw e;
    }
  }

  /** An attempt that is being opened. */
  private final class Opening {
    private final OpenInputs inputs;
    private final Map<String, StagedSink> staged = new LinkedHashMap<>();
    private final ConsoleOutlets consoles = new ConsoleOutlets(script.plan());
    private final HeldOutput held = new HeldOutput();
    private RowNumbers numbers = new RowNumbers();
    private @Nullable SnapshotStore store;
    private @Nullable JobRestore position;

    Opening(OpenInputs inputs) {
      this.inputs = inputs;
    }

    JobAttempt open(CircuitJob circuit) {
      JobAttempt.Start start = restore(circuit);
      JobRestore restored = position;
      if (restored != null) {
        inputs.sources().forEach((stream, source) -> seek(restored, stream, source));
        numbers = restored.numbers();
      }
      openSinks(circuit, restored);
      return new JobAttempt(
          name,
          parts.core(),
          circuit,
          pipes,
          inputs,
          new JobSinks(
              () -> {
                parts.core().flush();
                pipes.exchanges().tell(circuit);
              },
              staged,
              held,
              numbers,
              inputs.authority()),
          feeds(circuit),
          start);
    }

    private void seek(JobRestore restored, String stream, Source source) {
      if (!delivery.repeated().contains(stream)) {
        restored.seek(stream, source);
      }
    }

    private JobAttempt.Start restore(CircuitJob circuit) {
      if (!delivery.keepsSnapshots() || stores == null) {
        return JobAttempt.Start.ANEW;
      }
      SnapshotStore opened = stores.open(name);
      store = opened;
      Recovery recovery =
          new Recovery(
              name,
              opened,
              stores.place(name),
              settings.mayRepeat() || delivery.mayRepeat(),
              delivery.repeated().isEmpty() ? null : delivery.repeated().get(0));
      Optional<Manifest> restored =
          recovery.restore(inputs.committed(), manifest -> restore(circuit, opened, manifest));
      long nextId = recovery.nextId(inputs.committed());
      recovery.discardNewer(restored);
      return new JobAttempt.Start(opened, restored, position, nextId);
    }

    private void restore(CircuitJob circuit, SnapshotStore from, Manifest manifest) {
      JobRestore restore =
          new JobRestore(
              new ManifestSections(from, manifest), manifest.id(), settings.mayDropState());
      parts
          .core()
          .turns()
          .run(
              () -> {
                circuit.reset();
                restore.restore(circuit, partitions());
              });
      position = restore;
    }

    private Map<String, List<String>> partitions() {
      Map<String, List<String>> partitions = new HashMap<>();
      inputs.sources().forEach((stream, source) -> partitions.put(stream, source.partitions()));
      return partitions;
    }

    private void openSinks(CircuitJob circuit, @Nullable JobRestore restored) {
      for (StreamDeclaration stream : script.plan().streams()) {
        StreamOutlet outlet = pipes.findOutlet(stream.name());
        if (stream.isDerived() && isConnected(stream) && outlet != null) {
          openSink(stream, outlet, restored);
        }
      }
      for (QueryPlan query : script.plan().queries()) {
        StreamOutlet outlet = pipes.findOutlet(query.name());
        if (query.isBare()
            && parts.console() != null
            && outlet != null
            && !parts.connectorsInMemory()) {
          consoles.add(
              query,
              outlet,
              heldIfAsked(outlet, connections.openConsole(consoleOf(query, outlet))));
        }
      }
      parts
          .core()
          .turns()
          .run(
              () -> {
                consoles.open(circuit);
                pipes.exchanges().open(circuit, inputs.authority());
              });
    }

    private void openSink(
        StreamDeclaration stream, StreamOutlet outlet, @Nullable JobRestore restored) {
      CommitAuthority authority = inputs.authority();
      Way way = delivery.way(stream.name());
      if (way == Way.TRANSACTION && authority != null) {
        outlet.lend(authority.sink(connections.definition(stream)));
      } else if (way == Way.STAGED) {
        StagedOutput before = restored == null ? null : restored.staged(stream.name());
        StagedSink sink = connections.openStaged(stream, before);
        staged.put(stream.name(), sink);
        outlet.lend(sink);
      } else if (ConsoleOutlets.CONNECTOR.equalsIgnoreCase(stream.connector())) {
        consoles.add(stream, outlet, heldIfAsked(outlet, connections.openSink(stream)));
      } else {
        outlet.open(heldIfAsked(outlet, openPlain(stream)));
      }
    }

    private Sink heldIfAsked(StreamOutlet outlet, Sink sink) {
      return delivery.way(outlet.stream()) == Way.HELD ? held.hold(sink, outlet.schema()) : sink;
    }

    private Sink openPlain(StreamDeclaration stream) {
      Map<String, Integer> partitions = new HashMap<>();
      inputs.sources().forEach((name, source) -> partitions.put(name, source.partitions().size()));
      Optional<RowNumbering> numbering =
          delivery.numbering(stream.name()).filter(it -> it.applies(partitions));
      return numbering.isEmpty()
          ? connections.openSink(stream)
          : new NumberedSink(
              connections.openSequenced(stream),
              numbers.begin(numbering.get().destination(), numbering.get().meaning()));
    }

    /** Where several bare queries share the console, their lines say whose they are. */
    private StreamDefinition consoleOf(QueryPlan query, StreamOutlet outlet) {
      long bare = script.plan().queries().stream().filter(QueryPlan::isBare).count();
      Options shown =
          new Options(
              parts.plugins().connector(ConsoleOutlets.CONNECTOR).options(),
              Map.of("show.name", String.valueOf(bare > 1)));
      return new StreamDefinition(
          outlet.stream(),
          outlet.schema(),
          query.retracts() ? List.of() : ConsoleOutlets.keyOf(query),
          query.root().isChangelog() || query.retracts(),
          shown);
    }

    private List<Feed> feeds(CircuitJob circuit) {
      List<Feed> feeds = new ArrayList<>();
      for (StreamDeclaration stream : script.plan().streams()) {
        Source source = inputs.sources().get(stream.name());
        if (source != null) {
          EntryPort port = circuit.findEntry(stream.name()).orElseThrow();
          requireSamePartitions(source, port);
          SourceConnector connector = connections.sourceConnector(stream);
          StreamDefinition definition = connections.definition(stream);
          feeds.add(
              new Feed(
                  definition,
                  source,
                  port,
                  StreamTimes.rowTime(stream, connector.givesRecordTimes(definition)),
                  metadataColumns(connector, port, stream),
                  connector.isBounded(definition),
                  stream.isTable(),
                  pipes.errors(stream.name()),
                  overload.ofSource(stream.name()),
                  parts.core().clock()));
        }
      }
      feeds.addAll(pipes.exchanges().feeds(circuit, inputs.sources(), parts.core().clock()));
      return feeds;
    }

    void close() {
      parts.core().turns().run(pipes::closeSinks);
      staged.values().forEach(StagedSink::close);
      inputs.close();
      if (store != null) {
        store.close();
      }
    }
  }

  private static void requireSamePartitions(Source source, EntryPort port) {
    int now = Math.max(1, source.partitions().size());
    if (now != port.partitionCount()) {
      throw new MillraceException(
          "'"
              + port.stream()
              + "' has "
              + now
              + " partitions now, and had "
              + port.partitionCount()
              + " when the job was deployed: deploy it again");
    }
  }

  /** For each pseudo-column of the connector the column of the entry that takes it, or -1. */
  private static int[] metadataColumns(
      SourceConnector connector, EntryPort port, StreamDeclaration stream) {
    List<Field> metadata = connector.metadata();
    int[] columns = new int[metadata.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = -1;
      for (int c = stream.schema().size(); c < port.schema().size(); c++) {
        if (port.schema()
            .name(c)
            .toLowerCase(Locale.ROOT)
            .equals(metadata.get(i).name().toLowerCase(Locale.ROOT))) {
          columns[i] = c;
        }
      }
    }
    return columns;
  }
}
