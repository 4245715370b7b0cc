package io.millrace.engine;

import io.millrace.compiler.graph.GraphBuilder;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.engine.delivery.DeliveryPlanner;
import io.millrace.engine.row.RecordAdapters;
import io.millrace.language.plan.ConstantRows;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.commit.JobRestore;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.snapshot.SnapshotStores;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of a compiled script: adds its operators to the circuit, and has its sources and
 * sinks opened and its state restored. If anything fails, what was opened is closed.
 */
final class JobLauncher {
  private final Engine engine;
  private final EngineParts parts;
  private final String name;
  private final CompiledScript script;
  private final Connections connections;
  private final EvaluationContext evaluation;

  JobLauncher(Engine engine, EngineParts parts, String name, CompiledScript script) {
    this(
        engine,
        parts,
        name,
        script,
        new Connections(parts.plugins(), name, parts.core().clock(), parts.console()));
  }

  private JobLauncher(
      Engine engine,
      EngineParts parts,
      String name,
      CompiledScript script,
      Connections connections) {
    this.engine = engine;
    this.parts = parts;
    this.name = name;
    this.script = script;
    this.connections = connections;
    this.evaluation = new EvaluationContext(parts.core().clock(), script.timeZone());
  }

  /** Makes a part of the job: a job of its own, with a name, a store and a pointer of its own. */
  JobLauncher ofPart(JobPart part) {
    return new JobLauncher(engine, parts, part.nameIn(name), script, connections.ofPart(part));
  }

  Job launch(@Nullable Snapshot snapshot) {
    SnapshotStores stores = snapshot == null ? stores() : null;
    DeliveryPlan delivery = plan(stores != null);
    JobExchanges exchanges = new JobExchanges(script, connections);
    JobPipes pipes = new JobPipes(script, connections, exchanges, parts.core().failures());
    JobOpener opener = new JobOpener(name, parts, script, connections, pipes, delivery, stores);
    OpenInputs inputs = opener.openInputs();
    CircuitJob circuit;
    try {
      Map<String, Circuit.EntrySpec> entries = entries(opener, inputs);
      exchanges.addEntries(inputs.sources(), entries);
      circuit = addToCircuit(entries, pipes, snapshot);
    } catch (RuntimeException e) {
      inputs.close();
      pipes.close();
      throw e;
    }
    try {
      JobAttempt attempt = opener.open(inputs, circuit);
      publish(circuit, pipes);
      RecordAdapters adapters = new RecordAdapters(parts.loader(), evaluation);
      return new Job(name, engine, parts.core(), script, circuit, pipes, adapters, opener, attempt);
    } catch (RuntimeException e) {
      parts.core().turns().run(circuit::remove);
      pipes.close();
      throw e;
    }
  }

  private @Nullable SnapshotStores stores() {
    if (parts.connectorsInMemory()) {
      return null;
    }
    return parts
        .stores(script)
        .or(() -> parts.transactionStores(script).filter(it -> !plan(true).authority().isEmpty()))
        .orElse(null);
  }

  private DeliveryPlan plan(boolean hasStore) {
    return DeliveryPlanner.plan(connections, script, hasStore);
  }

  private CircuitJob addToCircuit(
      Map<String, Circuit.EntrySpec> entries, JobPipes pipes, @Nullable Snapshot snapshot) {
    if (!parts.core().turns().enter()) {
      throw new MillraceException("a subscriber cannot deploy a job: its turn is not over");
    }
    try {
      CircuitJob circuit =
          parts
              .core()
              .circuit()
              .add(
                  script.graph(),
                  entries,
                  evaluation,
                  pipes,
                  JobSettings.of(script).parallelism(),
                  parts.backends(script));
      restore(circuit, snapshot);
      parts.core().circuit().lookAtClock(parts.core().clock().millis());
      return circuit;
    } finally {
      parts.core().turns().leave();
    }
  }

  private void restore(CircuitJob circuit, @Nullable Snapshot snapshot) {
    if (snapshot == null) {
      return;
    }
    try {
      new JobRestore(snapshot.image(), 0, JobSettings.of(script).mayDropState())
          .restore(circuit, Map.of());
    } catch (RuntimeException e) {
      circuit.remove();
      throw e;
    }
  }

  private void publish(CircuitJob circuit, JobPipes pipes) {
    Set<String> streams = new HashSet<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      streams.add(stream.name());
    }
    parts
        .core()
        .turns()
        .run(
            () -> {
              circuit.publish(streams);
              parts.core().add(pipes);
            });
  }

  /** Says of every entry of the script how it begins. */
  private Map<String, Circuit.EntrySpec> entries(JobOpener opener, OpenInputs inputs) {
    Map<String, Circuit.EntrySpec> entries = new HashMap<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      if (!stream.isDerived()) {
        Source source = inputs.sources().get(stream.name());
        int partitions = source == null ? 1 : Math.max(1, source.partitions().size());
        entries.put(
            stream.name(),
            new Circuit.EntrySpec(
                StreamTimes.entryTime(stream, opener.hasRecordTimes(stream)),
                partitions,
                source != null,
                source != null && opener.isEndless(stream)));
      }
    }
    for (ConstantRows rows : script.plan().constants()) {
      entries.put(
          GraphBuilder.valuesOf(rows.target().name()),
          new Circuit.EntrySpec(EntryPort.EntryTime.ARRIVAL, 1, false));
    }
    return entries;
  }
}
