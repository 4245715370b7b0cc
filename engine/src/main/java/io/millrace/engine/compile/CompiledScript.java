package io.millrace.engine.compile;

import io.millrace.compiler.graph.GraphBuilder;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.operators.graph.ExchangePlan;
import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.option.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A script that has no errors.
 *
 * @param source its text
 * @param plan its rewritten plan
 * @param graph its operators
 * @param exchanges where in the graph the parts of a shared job give each other rows; none before
 *     it is known that the job is shared
 */
public record CompiledScript(
    SourceText source, ScriptPlan plan, OperatorGraph graph, List<ExchangePlan> exchanges) {
  public CompiledScript {
    exchanges = List.copyOf(exchanges);
  }

  public CompiledScript(SourceText source, ScriptPlan plan, OperatorGraph graph) {
    this(source, plan, graph, List.of());
  }

  /** The first stream that it writes to by a connector; of a script that has one. */
  public StreamDeclaration firstSink() {
    return plan.streams().stream()
        .filter(stream -> stream.isDerived() && stream.connector() != null)
        .findFirst()
        .orElseThrow();
  }

  /** The script as each part of a shared job runs it. */
  public CompiledScript inParts(OperatorGraph ofPart, List<ExchangePlan> between) {
    return new CompiledScript(source, plan, ofPart, between);
  }

  /** Whether it has no statement. */
  public boolean isEmpty() {
    return plan.streams().isEmpty() && plan.settings().isEmpty() && !hasWork() && !hasRequests();
  }

  /** Whether it has a query, or rows to insert. */
  public boolean hasWork() {
    return !plan.queries().isEmpty() || !plan.constants().isEmpty();
  }

  /** Whether it asks for something to be shown. */
  public boolean hasRequests() {
    return !plan.requests().isEmpty();
  }

  /** The names of the queries that run for {@code EXPLAIN ANALYZE} only. */
  public List<String> analyzed() {
    return plan.analyzed();
  }

  /** The streams that get rows only from a program that sends them. */
  public List<String> unfedStreams() {
    Set<StreamDeclaration> fed = new HashSet<>();
    plan.constants().forEach(rows -> fed.add(rows.target()));
    return plan.streams().stream()
        .filter(
            stream -> !stream.isDerived() && stream.connector() == null && !fed.contains(stream))
        .map(StreamDeclaration::name)
        .toList();
  }

  /** The streams and tables of other jobs that it reads. */
  public List<String> foreignStreams() {
    Set<String> own = new HashSet<>();
    plan.streams().forEach(stream -> own.add(stream.name()));
    plan.constants().forEach(rows -> own.add(GraphBuilder.valuesOf(rows.target().name())));
    exchanges.forEach(exchange -> own.add(exchange.stream()));
    return graph.nodes().stream()
        .filter(node -> node instanceof GraphNode.Entry)
        .map(node -> ((GraphNode.Entry) node).stream())
        .filter(stream -> !own.contains(stream))
        .toList();
  }

  /** Whether processes that run it under one name share the job. */
  public boolean isShared() {
    return settings().getBoolean(StreamOptions.SHARED);
  }

  /** How often what was read and written becomes final. */
  public Duration commitInterval() {
    return settings().getDuration(StreamOptions.COMMIT_INTERVAL);
  }

  /** The time zone of functions that take one. */
  public ZoneId timeZone() {
    return timeZone(settings());
  }

  static ZoneId timeZone(Options settings) {
    String zone = settings.getString(StreamOptions.TIME_ZONE);
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new MillraceException(
          "'"
              + StreamOptions.TIME_ZONE
              + "' must be a time zone such as 'Europe/Berlin', not '"
              + zone
              + "'",
          e);
    }
  }

  /** What SET says, and what it does not say by default. */
  public Options settings() {
    return new Options(StreamOptions.settings(), plan.settings());
  }
}
