package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.StreamErrors;
import io.millrace.engine.exchange.ExchangeOutlet;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.operators.graph.GraphNode;
import io.millrace.runtime.circuit.JobListener;
import io.millrace.spi.data.Batch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where what leaves a job's operators goes: results to outlets, failed rows to the policy of the
 * stream that they came from, late rows to a count.
 */
final class JobPipes implements JobListener {
  private final Map<String, StreamOutlet> outlets = new LinkedHashMap<>();
  private final Map<String, StreamErrors> errorsByStream = new LinkedHashMap<>();
  private final Map<String, StreamErrors> errorsByQuery = new HashMap<>();
  private final Map<String, Long> late = new HashMap<>();
  private final CallbackFailures failures;

  private final JobExchanges exchanges;

  /** Names of exits whose rows nobody gets. */
  private final List<String> analyzed;

  JobPipes(
      CompiledScript script,
      Connections connections,
      JobExchanges exchanges,
      CallbackFailures failures) {
    this.failures = failures;
    this.exchanges = exchanges;
    ScriptPlan plan = script.plan();
    analyzed = plan.analyzed();
    for (GraphNode node : script.graph().nodes()) {
      if (node instanceof GraphNode.Exit exit
          && !analyzed.contains(exit.stream())
          && !exchanges.has(exit.stream())) {
        outlets.put(key(exit.stream()), new StreamOutlet(exit.stream(), exit.schema()));
      }
    }
    for (StreamDeclaration stream : plan.streams()) {
      errorsByStream.put(key(stream.name()), connections.errors(stream));
    }
    for (QueryPlan query : plan.queries()) {
      StreamDeclaration target = query.target();
      StreamDeclaration stream =
          target != null && connections.saysErrors(target) ? target : firstStream(query.root());
      if (stream != null) {
        errorsByQuery.put(
            query.name(),
            errorsByStream.computeIfAbsent(key(stream.name()), name -> connections.errors(stream)));
      }
    }
  }

  private static @Nullable StreamDeclaration firstStream(PlanNode node) {
    if (node instanceof ScanNode scan) {
      return scan.stream();
    }
    for (PlanNode input : node.inputs()) {
      StreamDeclaration found = firstStream(input);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Where the parts of a shared job give each other rows. */
  JobExchanges exchanges() {
    return exchanges;
  }

  @Nullable StreamOutlet findOutlet(String stream) {
    return outlets.get(key(stream));
  }

  Iterable<StreamOutlet> outlets() {
    return outlets.values();
  }

  StreamErrors errors(String stream) {
    StreamErrors errors = errorsByStream.get(key(stream));
    if (errors == null) {
      throw new IllegalArgumentException("no stream '" + stream + "'");
    }
    return errors;
  }

  Map<String, StreamErrors> errors() {
    return errorsByStream;
  }

  Map<String, Long> late() {
    return late;
  }

  @Override
  public RowListener exit(String stream) {
    if (analyzed.contains(stream)) {
      return batch -> {};
    }
    Optional<ExchangeOutlet> exchange = exchanges.findOutlet(stream);
    if (exchange.isPresent()) {
      return exchange.get()::accept;
    }
    StreamOutlet outlet = Objects.requireNonNull(outlets.get(key(stream)));
    return batch -> outlet.accept(batch, failures);
  }

  @Override
  public void late(String query, Batch batch, int row) {
    late.merge(query, 1L, Long::sum);
  }

  @Override
  public void failed(String query, Batch batch, int row, String error) {
    StreamErrors errors = errorsByQuery.get(query);
    if (errors != null) {
      errors.failed(query, batch, row, error);
    }
  }

  void flush() {
    outlets.values().forEach(StreamOutlet::flush);
    errorsByStream.values().forEach(StreamErrors::flush);
  }

  /** Closes all sinks, also where closing one fails, and then throws the first failure. */
  void closeSinks() {
    Closing closing = new Closing();
    outlets.values().forEach(outlet -> closing.then(outlet::close));
    closing.finish();
  }

  /** Closes the sinks and dead letters; as {@link #closeSinks} does. */
  void close() {
    Closing closing = new Closing().then(this::closeSinks);
    errorsByStream.values().forEach(errors -> closing.then(errors::close));
    closing.finish();
  }

  private static String key(String stream) {
    return stream.toLowerCase(Locale.ROOT);
  }
}
