package io.millrace.engine;

import io.millrace.compiler.graph.GraphBuilder;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.row.RecordAdapters;
import io.millrace.language.plan.ConstantRows;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.source.Feed;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.Field;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of a compiled script: opens its sources and sinks, adds its operators to the circuit,
 * restores them. If anything fails, what was opened is closed.
 */
final class JobLauncher {
  private final Engine engine;
  private final EngineParts parts;
  private final String name;
  private final CompiledScript script;
  private final Connections connections;
  private final EvaluationContext evaluation;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final List<Sink> sinks = new ArrayList<>();

  JobLauncher(Engine engine, EngineParts parts, String name, CompiledScript script) {
    this.engine = engine;
    this.parts = parts;
    this.name = name;
    this.script = script;
    this.connections =
        new Connections(parts.plugins(), name, parts.core().clock(), parts.console());
    this.evaluation = new EvaluationContext(parts.core().clock(), script.timeZone());
  }

  Job launch(@Nullable Snapshot snapshot) {
    try {
      return tryLaunch(snapshot);
    } catch (RuntimeException e) {
      sources.values().forEach(Source::close);
      sinks.forEach(Sink::close);
      throw e;
    }
  }

  private Job tryLaunch(@Nullable Snapshot snapshot) {
    JobPipes pipes =
        new JobPipes(script.plan(), script.graph(), connections, parts.core().failures());
    Map<String, Circuit.EntrySpec> entries = openSources();
    openSinks(pipes);
    CircuitJob[] circuit = new CircuitJob[1];
    if (!parts.core().turns().enter()) {
      throw new MillraceException("a subscriber cannot deploy a job: its turn is not over");
    }
    try {
      circuit[0] = parts.core().circuit().add(script.graph(), entries, evaluation, pipes);
      restore(circuit[0], snapshot);
      circuit[0].publish(derivedStreams());
      parts.core().add(pipes);
    } finally {
      parts.core().turns().leave();
    }
    RecordAdapters adapters = new RecordAdapters(parts.loader(), evaluation);
    return new Job(
        name, engine, parts.core(), script, circuit[0], pipes, adapters, feeds(circuit[0], pipes));
  }

  /** Opens the sources, and says of every entry of the script how it begins. */
  private Map<String, Circuit.EntrySpec> openSources() {
    Map<String, Circuit.EntrySpec> entries = new HashMap<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      if (stream.isDerived()) {
        continue;
      }
      boolean hasRecordTimes = hasRecordTimes(stream);
      int partitions = 1;
      if (isConnected(stream)) {
        Source source = connections.openSource(stream);
        sources.put(stream.name(), source);
        partitions = Math.max(1, source.partitions().size());
      }
      entries.put(
          stream.name(),
          new Circuit.EntrySpec(StreamTimes.entryTime(stream, hasRecordTimes), partitions));
    }
    for (ConstantRows rows : script.plan().constants()) {
      entries.put(
          GraphBuilder.valuesOf(rows.target().name()),
          new Circuit.EntrySpec(new EntryPort.EntryTime(true, 0), 1));
    }
    return entries;
  }

  private boolean hasRecordTimes(StreamDeclaration stream) {
    return stream.connector() != null
        && connections.sourceConnector(stream).givesRecordTimes(connections.definition(stream));
  }

  private boolean isConnected(StreamDeclaration stream) {
    return stream.connector() != null && !parts.connectorsInMemory();
  }

  private void openSinks(JobPipes pipes) {
    for (StreamDeclaration stream : script.plan().streams()) {
      StreamOutlet outlet = pipes.findOutlet(stream.name());
      if (stream.isDerived() && isConnected(stream) && outlet != null) {
        open(outlet, connections.openSink(stream));
      }
    }
    for (QueryPlan query : script.plan().queries()) {
      StreamOutlet outlet = pipes.findOutlet(query.name());
      if (query.target() == null
          && parts.console() != null
          && outlet != null
          && !parts.connectorsInMemory()) {
        Options none = new Options(parts.plugins().connector("console").options(), Map.of());
        open(
            outlet,
            connections.openConsole(
                new StreamDefinition(
                    outlet.stream(),
                    outlet.schema(),
                    List.of(),
                    query.root().isChangelog(),
                    none)));
      }
    }
  }

  private void open(StreamOutlet outlet, Sink sink) {
    sinks.add(sink);
    outlet.open(sink);
  }

  private Set<String> derivedStreams() {
    Set<String> derived = new HashSet<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      derived.add(stream.name());
    }
    return derived;
  }

  private void restore(CircuitJob circuit, @Nullable Snapshot snapshot) {
    if (snapshot == null) {
      return;
    }
    try (DataInputStream in = snapshot.open()) {
      circuit.restore(in);
    } catch (IOException e) {
      throw new MillraceException("the snapshot cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Feed> feeds(CircuitJob circuit, JobPipes pipes) {
    List<Feed> feeds = new ArrayList<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      Source source = sources.get(stream.name());
      if (source != null) {
        EntryPort port = circuit.findEntry(stream.name()).orElseThrow();
        SourceConnector connector = connections.sourceConnector(stream);
        StreamDefinition definition = connections.definition(stream);
        feeds.add(
            new Feed(
                source,
                port,
                StreamTimes.rowTime(stream, connector.givesRecordTimes(definition)),
                metadataColumns(connector, port, stream),
                connector.isBounded(definition),
                stream.isTable(),
                pipes.errors(stream.name()),
                parts.core().clock()));
      }
    }
    return feeds;
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
