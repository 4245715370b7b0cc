package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.exchange.ExchangeDecoder;
import io.millrace.engine.exchange.ExchangeOutlet;
import io.millrace.operators.graph.ExchangePlan;
import io.millrace.operators.graph.GraphNode;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.source.Feed;
import io.millrace.runtime.source.RecordPolicy;
import io.millrace.runtime.source.RowTime;
import io.millrace.runtime.source.ShedPolicy;
import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.ExchangeAuthority;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a part of a shared job gives other parts rows, and gets rows of them. */
final class JobExchanges {
  private final CompiledScript script;
  private final Connections connections;
  private final Map<String, ExchangeOutlet> outlets = new LinkedHashMap<>();

  /**
   * @param connections those of a part, if the script has exchanges
   */
  JobExchanges(CompiledScript script, Connections connections) {
    this.script = script;
    this.connections = connections;
    for (ExchangePlan exchange : script.exchanges()) {
      JobPart part = part();
      outlets.put(
          exchange.stream(),
          new ExchangeOutlet(
              schema(script, exchange),
              exchange.columns(),
              part.count(),
              exchange.mayFallSilent()));
    }
  }

  private static Schema schema(CompiledScript script, ExchangePlan exchange) {
    return script.graph().nodes().stream()
        .filter(
            node ->
                node instanceof GraphNode.Entry entry && entry.stream().equals(exchange.stream()))
        .findFirst()
        .orElseThrow()
        .schema();
  }

  /** The exchanges of a script, as its connector sees them. */
  static List<Exchange> of(CompiledScript script, Connections connections) {
    return script.exchanges().stream()
        .map(exchange -> exchange(exchange, script, connections))
        .toList();
  }

  private static Exchange exchange(
      ExchangePlan exchange, CompiledScript script, Connections connections) {
    return new Exchange(exchange.stream(), connections.definition(script.firstSink()));
  }

  /** What takes the rows that leave at an exchange; empty for other streams. */
  Optional<ExchangeOutlet> findOutlet(String stream) {
    return Optional.ofNullable(outlets.get(stream));
  }

  /** Whether a stream is an exchange. */
  boolean has(String stream) {
    return outlets.containsKey(stream);
  }

  /** Opens what comes in, by exchange. */
  void openSources(Map<String, Source> opened) {
    for (ExchangePlan exchange : script.exchanges()) {
      opened.put(
          exchange.stream(),
          connections.openExchange(
              exchange(exchange, script, connections),
              script.firstSink(),
              new ExchangeDecoder(schema(script, exchange))));
    }
  }

  /** Says how each begins. */
  void addEntries(Map<String, Source> sources, Map<String, Circuit.EntrySpec> entries) {
    for (ExchangePlan exchange : script.exchanges()) {
      int partitions = source(sources, exchange.stream()).partitions().size();
      boolean isElsewhere = exchange.columns().isEmpty() && part().number() > 0;
      EntryPort.EntryTime time =
          isElsewhere ? EntryPort.EntryTime.OVERHEARD : EntryPort.EntryTime.TOLD;
      entries.put(exchange.stream(), new Circuit.EntrySpec(time, partitions, true, true));
    }
  }

  private JobPart part() {
    return connections.part().orElseThrow();
  }

  private static Source source(Map<String, Source> sources, String stream) {
    return Optional.ofNullable(sources.get(stream)).orElseThrow();
  }

  /** Begins to send; the caller has the turn. */
  void open(CircuitJob circuit, @Nullable CommitAuthority authority) {
    for (Exchange exchange : of(script, connections)) {
      if (!(authority instanceof ExchangeAuthority sending)) {
        throw new IllegalStateException("no authority for '" + exchange.name() + "'");
      }
      outlet(exchange.name())
          .open(sending.exchange(exchange), port(circuit, exchange.name())::echoed);
      circuit.listen(exchange.name());
    }
  }

  private ExchangeOutlet outlet(String stream) {
    return findOutlet(stream).orElseThrow();
  }

  private static EntryPort port(CircuitJob circuit, String stream) {
    return circuit.findEntry(stream).orElseThrow();
  }

  /**
   * Tells all parts how far this one's watermarks have come, and where it is idle, how far those
   * are that are not, as it has read of them by now; between two turns, before the state of this
   * moment is saved.
   */
  void tell(CircuitJob circuit) {
    for (ExchangePlan exchange : script.exchanges()) {
      String stream = exchange.stream();
      boolean isIdle = exchange.mayFallSilent() && circuit.isIdle(stream);
      if (isIdle) {
        port(circuit, stream).echo(part().number());
      }
      outlet(stream).tell(circuit.watermark(stream), isIdle);
    }
  }

  /** What brings the rows that come in to the circuit. */
  List<Feed> feeds(CircuitJob circuit, Map<String, Source> sources, Clock clock) {
    List<Feed> feeds = new ArrayList<>();
    for (Exchange exchange : of(script, connections)) {
      EntryPort port = port(circuit, exchange.name());
      feeds.add(
          new Feed(
              new StreamDefinition(
                  exchange.name(), port.schema(), List.of(), false, exchange.peer().options()),
              source(sources, exchange.name()),
              port,
              new RowTime(-1, false),
              new int[0],
              false,
              false,
              NoRecords.INSTANCE,
              ShedPolicy.NONE,
              clock));
    }
    return feeds;
  }

  /** What cannot be read at an exchange is no record of a user: its source throws. */
  private enum NoRecords implements RecordPolicy {
    INSTANCE;

    @Override
    public void rejected(
        RecordOrigin origin, long recordTime, byte[] bytes, int offset, int length, String error) {
      throw new IllegalStateException(origin.describe() + ": " + error);
    }

    @Override
    public void empty() {
      throw new IllegalStateException("a record of an exchange without a value");
    }
  }
}
