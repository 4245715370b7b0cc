package io.millrace.engine.sharing;

import io.millrace.compiler.graph.MeaningHash;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.engine.delivery.SinkDelivery;
import io.millrace.engine.delivery.SinkDelivery.Way;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.ExchangePlan;
import io.millrace.operators.graph.PartitionPlan;
import io.millrace.operators.graph.PartitionPlan.Obstacle;
import io.millrace.operators.graph.PartitionPlanner;
import io.millrace.operators.graph.SilencePlan;
import io.millrace.operators.graph.SilencePlanner;
import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.ExchangeConnector;
import io.millrace.spi.connector.SharedSourceConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides whether a job can be shared: everything that it reads is in partitions which a system
 * spreads over processes, everything that it writes becomes final in transactions of that system,
 * and where operators bring rows of several partitions together, these can be exchanged.
 */
public final class SharingPlanner {
  /** What the names of properties of clients begin with. */
  private static final String CLIENT = "kafka.";

  /** The property of clients that says which rows are read. */
  private static final String ISOLATION = "kafka.isolation.level";

  /** The settings that say which results come. */
  private static final List<String> MEANT =
      List.of(StreamOptions.STATE_TTL, StreamOptions.OVERLOAD, StreamOptions.OVERLOAD_LAG);

  private final Connections connections;
  private final CompiledScript script;
  private final DeliveryPlan delivery;
  private final List<StreamDeclaration> sources;

  private SharingPlanner(Connections connections, CompiledScript script, DeliveryPlan delivery) {
    this.connections = connections;
    this.script = script;
    this.delivery = delivery;
    this.sources = script.plan().streams().stream().filter(stream -> !stream.isDerived()).toList();
  }

  /** Whether a job can be shared if it keeps snapshots. */
  public static SharingPlan plan(
      Connections connections, CompiledScript script, DeliveryPlan delivery) {
    SharingPlanner planner = new SharingPlanner(connections, script, delivery);
    Optional<String> ofSources = planner.obstacleOfSources();
    Optional<String> obstacle =
        ofSources.or(planner::obstacleOfSinks).or(planner::obstacleOfSystem);
    if (obstacle.isPresent()) {
      return planner.sharing(obstacle.get(), ofSources.isEmpty(), script, List.of());
    }
    PartitionPlan partitions = planner.partitions();
    SilencePlan silence =
        SilencePlanner.plan(partitions.graph(), partitions.exchanges(), planner.silent());
    return planner
        .obstacleOfOperators(partitions)
        .or(() -> silence.obstacle().map(planner::describe))
        .map(found -> planner.sharing(found, true, script, List.of()))
        .orElseGet(
            () ->
                planner.sharing(
                    "",
                    true,
                    script.inParts(partitions.graph(), silence.exchanges()),
                    planner.describe(silence.exchanges())));
  }

  private Set<String> silent() {
    return sources.stream()
        .filter(source -> source.idleMillis() > 0)
        .map(StreamDeclaration::name)
        .collect(Collectors.toSet());
  }

  private SharingPlan sharing(
      String obstacle, boolean readsTopics, CompiledScript ofPart, List<String> exchanges) {
    return new SharingPlan(obstacle, readsTopics, sources, meaning(ofPart), ofPart, exchanges);
  }

  private Optional<String> obstacleOfSources() {
    List<String> foreign = script.foreignStreams();
    if (!foreign.isEmpty()) {
      return Optional.of("'" + foreign.get(0) + "' is a stream of another job");
    }
    if (!script.plan().constants().isEmpty()) {
      return Optional.of("each process would send the rows of INSERT … VALUES");
    }
    for (StreamDeclaration source : sources) {
      if (source.connector() == null) {
        return Optional.of("'" + source.name() + "' gets its rows from a program");
      }
      if (!(connections.connector(source) instanceof SharedSourceConnector)
          || !connections.connector(source).name().equals(first().name())) {
        return Optional.of(
            "'"
                + source.name()
                + "' is read by connector '"
                + source.connector()
                + "': all inputs must be topics, whose partitions are given to processes");
      }
      if (source.options().keySet().stream()
          .anyMatch(StreamOptions.DEAD_LETTER_PATH::equalsIgnoreCase)) {
        return Optional.of(
            "dead letters of '"
                + source.name()
                + "' go to a file: give '"
                + StreamOptions.DEAD_LETTER_TOPIC
                + "' instead");
      }
    }
    return sources.isEmpty() ? Optional.of("nothing is read") : Optional.empty();
  }

  private SharedSourceConnector first() {
    return (SharedSourceConnector) connections.connector(sources.get(0));
  }

  private Optional<String> obstacleOfSinks() {
    for (SinkDelivery sink : delivery.sinks()) {
      if (sink.way() != Way.TRANSACTION) {
        return Optional.of(
            "rows of '"
                + sink.stream()
                + "' are not written in the transaction that commits a snapshot: all outputs must be"
                + " topics of one cluster, and '"
                + StreamOptions.DELIVERY
                + "' not 'at-least-once'");
      }
    }
    return delivery.sinks().isEmpty() ? Optional.of("nothing is written") : Optional.empty();
  }

  private Optional<String> obstacleOfSystem() {
    List<StreamDefinition> sinks =
        script.plan().streams().stream()
            .filter(stream -> stream.isDerived() && stream.connector() != null)
            .map(connections::definition)
            .toList();
    return first().sharingObstacle(definitions(), sinks);
  }

  private List<StreamDefinition> definitions() {
    return sources.stream().map(connections::definition).toList();
  }

  private PartitionPlan partitions() {
    Map<String, List<Integer>> keys = new HashMap<>();
    Map<String, StreamDefinition> byName = byName();
    byName.forEach((name, source) -> keys.put(name, source.keyColumns()));
    return PartitionPlanner.plan(
        script.graph(),
        keys,
        (one, other) ->
            one.equals(other)
                || (byName.containsKey(one)
                    && byName.containsKey(other)
                    && first().hasSameKeys(byName.get(one), byName.get(other))));
  }

  private Map<String, StreamDefinition> byName() {
    Map<String, StreamDefinition> byName = new LinkedHashMap<>();
    definitions().forEach(source -> byName.put(source.name(), source));
    return byName;
  }

  private Optional<String> obstacleOfOperators(PartitionPlan partitions) {
    if (partitions.obstacle().isPresent()) {
      return partitions.obstacle().map(this::describe);
    }
    if (partitions.exchanges().isEmpty()) {
      return Optional.empty();
    }
    String query = partitions.exchanges().get(0).step().query();
    if (!(first() instanceof ExchangeConnector)) {
      return Optional.of(
          "'"
              + query
              + "' needs rows of several partitions, which connector '"
              + first().name()
              + "' cannot bring together");
    }
    return Optional.empty();
  }

  private String describe(SilencePlan.Obstacle found) {
    String step = "'" + found.step().spec().describe() + "' of '" + found.step().query() + "'";
    List<String> silent = found.silent().stream().sorted().map(name -> "'" + name + "'").toList();
    String streams = String.join(", ", silent);
    String timeout = (silent.size() == 1 ? " has an" : " have an") + " IDLE TIMEOUT";
    return (found.reason() == SilencePlan.Reason.HOLDS_ROWS
            ? step
                + " holds rows of a partition before they are brought together with those of others,"
                + " and "
                + streams
                + timeout
                + ": what a silent partition holds would come when the others have gone on without"
                + " it"
            : step
                + " takes rows that were brought together of several partitions along with others,"
                + " and "
                + streams
                + timeout
                + ": when all of its partitions are silent, the others would have to wait for it, or"
                + " go on and find its next rows late")
        + ". Leave the IDLE TIMEOUT out and have each partition get a row now and then, or write"
        + " what comes before to a topic, and do the rest in another job";
  }

  private List<String> describe(List<ExchangePlan> exchanges) {
    List<String> lines = new ArrayList<>();
    for (ExchangePlan exchange : exchanges) {
      StreamDefinition peer = connections.definition(script.firstSink());
      lines.add(
          "internal "
              + ((ExchangeConnector) first()).place(new Exchange(exchange.stream(), peer), "<job>")
              + (exchange.columns().isEmpty()
                  ? ": brings all rows together in partition 0"
                  : ": brings rows together by " + String.join(", ", exchange.names()))
              + (exchange.mayFallSilent() ? ", without waiting for idle partitions" : "")
              + ", for '"
              + exchange.step().spec().describe()
              + "' of '"
              + exchange.step().query()
              + "'");
    }
    return lines;
  }

  private String describe(Obstacle found) {
    String query = "'" + found.step().query() + "'";
    if (found.step().spec().holdsTime()) {
      return query
          + " aligns inputs by marks (WATERMARK ON), each of which must have one partition";
    }
    if (found.step().spec().retimes().isPresent()) {
      return "stream "
          + query
          + " has the times of a column of its own, in the order of all of its rows: write them to a"
          + " topic, and declare its time where another job reads it";
    }
    return found.gathered().isEmpty()
        ? describeTogether(query, found)
        : describeMixed(query, found.gathered());
  }

  private static String describeMixed(String query, List<ExchangePlan> gathered) {
    List<String> steps =
        gathered.stream()
            .map(it -> "'" + it.step().spec().describe() + "' of '" + it.step().query() + "'")
            .distinct()
            .toList();
    return query
        + " takes rows of all partitions together with rows that partition 0 alone has, where "
        + String.join(" and ", steps)
        + " needs all rows, which can only be filtered, computed with and written: keep those apart"
        + " by columns, by GROUP BY or PARTITION BY, or write both to topics of their own, and bring"
        + " them together in another job";
  }

  private String describeTogether(String query, Obstacle found) {
    Map<String, StreamDefinition> byName = byName();
    List<String> keys = new ArrayList<>();
    found.entries().stream()
        .sorted()
        .filter(byName::containsKey)
        .map(byName::get)
        .forEach(
            stream ->
                keys.add(
                    stream.keyColumns().isEmpty()
                        ? "'" + stream.name() + "' has no KEY"
                        : "the key of '" + stream.name() + "' is " + columns(stream)));
    return query
        + " brings rows of several partitions together by '"
        + found.step().spec().describe()
        + "'"
        + (keys.isEmpty() ? "" : ", and " + String.join(", ", keys))
        + (found.step().spec().overPartitions() instanceof Distribution.KeyedPairs
            ? ": compare the keys of both with each other, or share"
            : ": keep it apart by columns, by GROUP BY or PARTITION BY, or share")
        + " a job that does what comes before, and run another one that reads what it writes";
  }

  private static String columns(StreamDefinition stream) {
    return String.join(", ", stream.keyColumns().stream().map(stream.schema()::name).toList());
  }

  /** All that its results depend on, but the rows. */
  private String meaning(CompiledScript ofPart) {
    StringBuilder text = new StringBuilder(script.timeZone().toString());
    for (StreamDeclaration stream : script.plan().streams()) {
      text.append('\n').append(stream.name()).append(' ').append(stream.schema()).append(' ');
      text.append(stream.isTable()).append(stream.keyColumns()).append(stream.time());
      text.append(stream.showsRetractions()).append(ownOptions(stream));
    }
    for (QueryPlan query : script.plan().queries()) {
      text.append('\n').append(query.name()).append(' ').append(PlanPrinter.print(query.root()));
    }
    for (ExchangePlan exchange : ofPart.exchanges()) {
      text.append('\n').append(exchange.stream()).append(exchange.names());
    }
    Options settings = script.settings();
    for (String setting : MEANT) {
      text.append('\n').append(settings.findString(setting).orElse(""));
    }
    appendLimit(text, "", settings, StreamOptions.SORT_MAX_ROWS, StreamOptions.SORT_OVERFLOW);
    settings
        .findString(StreamOptions.JOIN_ORDER)
        .ifPresent(order -> text.append("\njoin order ").append(order));
    appendLimit(text, "join ", settings, StreamOptions.JOIN_MAX_ROWS, StreamOptions.JOIN_OVERFLOW);
    return MeaningHash.of(text.toString());
  }

  private static void appendLimit(
      StringBuilder text, String name, Options settings, String maxRows, String overflow) {
    settings
        .findString(maxRows)
        .ifPresent(
            rows ->
                text.append('\n')
                    .append(name)
                    .append(rows)
                    .append(settings.findString(overflow).orElse("")));
  }

  /**
   * Without the properties of clients, which may differ from machine to machine, but for that which
   * says what rows are read.
   */
  private static Map<String, String> ownOptions(StreamDeclaration stream) {
    Map<String, String> own = new TreeMap<>(stream.options());
    own.keySet()
        .removeIf(
            name ->
                name.regionMatches(true, 0, CLIENT, 0, CLIENT.length())
                    && !name.equalsIgnoreCase(ISOLATION));
    return own;
  }
}
