package io.millrace.engine.delivery;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.engine.delivery.SinkDelivery.Way;
import io.millrace.engine.overload.OverloadSettings;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Replay;
import io.millrace.spi.connector.SequencedSinkConnector;
import io.millrace.spi.connector.StagedSinkConnector;
import io.millrace.spi.connector.TransactionalSinkConnector;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what a job promises: from what its connectors can, what it asks for, and where it runs.
 */
public final class DeliveryPlanner {
  private final Connections connections;
  private final CompiledScript script;
  private String authority = "";
  private boolean keepsSnapshots;

  /** What a script asks for, in {@code SET 'delivery'}. */
  private enum Wish {
    EXACTLY_ONCE,
    AT_LEAST_ONCE,
    /** No row twice: exactly once where sinks can, else written when the snapshot is committed. */
    AT_MOST_ONCE,
    /** As good as sources and sinks can. */
    BEST
  }

  private DeliveryPlanner(Connections connections, CompiledScript script) {
    this.connections = connections;
    this.script = script;
  }

  /**
   * The plan of a job.
   *
   * @param hasStore whether there is a place for its snapshots
   * @throws MillraceException if the script asks for more than its sources and sinks can
   */
  public static DeliveryPlan plan(
      Connections connections, CompiledScript script, boolean hasStore) {
    DeliveryPlan plan = new DeliveryPlanner(connections, script).plan(hasStore);
    Wish wish = wish(script);
    if (wish == Wish.EXACTLY_ONCE || wish == Wish.AT_MOST_ONCE) {
      requireSnapshots(script, plan);
      requireReplay(script, plan);
    }
    if (wish == Wish.EXACTLY_ONCE) {
      requireExactlyOnce(plan);
    }
    return plan;
  }

  private static Wish wish(CompiledScript script) {
    return script
        .settings()
        .findString(StreamOptions.DELIVERY)
        .map(text -> Wish.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')))
        .orElse(Wish.BEST);
  }

  private DeliveryPlan plan(boolean hasStore) {
    Optional<String> obstacle = obstacle(hasStore);
    keepsSnapshots = obstacle.isEmpty();
    List<SinkDelivery> sinks = new ArrayList<>();
    for (StreamDeclaration stream : script.plan().streams()) {
      if (stream.isDerived() && stream.connector() != null) {
        sinks.add(sink(stream));
      }
    }
    for (QueryPlan query : script.plan().queries()) {
      if (query.isBare()) {
        sinks.add(shown(query));
      }
    }
    String reason =
        obstacle
            .map(why -> "none, " + why)
            .orElse("every " + script.commitInterval().toMillis() + " ms");
    return new DeliveryPlan(keepsSnapshots, reason, authority, lossy(), repeated(), sinks);
  }

  private List<String> lossy() {
    OverloadSettings overload = OverloadSettings.of(script.settings());
    return script.plan().streams().stream()
        .filter(stream -> overload.mayShed(stream, connections))
        .map(StreamDeclaration::name)
        .toList();
  }

  private Replay replay(StreamDeclaration input) {
    return connections.sourceConnector(input).replay(connections.definition(input));
  }

  /** The inputs whose rows may come twice. */
  private List<String> repeated() {
    return script.plan().streams().stream()
        .filter(stream -> !stream.isDerived() && stream.connector() != null)
        .filter(stream -> replay(stream) == Replay.UNACKNOWLEDGED)
        .map(StreamDeclaration::name)
        .toList();
  }

  private Optional<String> obstacle(boolean hasStore) {
    List<String> foreign = script.foreignStreams();
    if (!foreign.isEmpty()) {
      return Optional.of(
          "since '" + foreign.get(0) + "' is a stream of another job: put both into one script");
    }
    List<StreamDeclaration> inputs =
        script.plan().streams().stream().filter(stream -> !stream.isDerived()).toList();
    for (StreamDeclaration stream : inputs) {
      if (stream.connector() == null) {
        return Optional.of(
            "since the program that sends to '" + stream.name() + "' cannot send again");
      }
      if (replay(stream) == Replay.NOTHING) {
        return Optional.of("since '" + stream.name() + "' cannot be read again");
      }
    }
    if (inputs.isEmpty()) {
      return Optional.of("since nothing is read");
    }
    return hasStore
        ? Optional.empty()
        : Optional.of("since there is no place for them: SET 'snapshot.dir'");
  }

  private SinkDelivery sink(StreamDeclaration stream) {
    Connector connector = connections.connector(stream);
    if (!keepsSnapshots) {
      return flushed(stream, "the job keeps no snapshots");
    }
    if (wish(script) == Wish.AT_LEAST_ONCE) {
      return flushed(stream, "as SET 'delivery' says");
    }
    if (connector instanceof TransactionalSinkConnector transactional) {
      String system = transactional.system(connections.definition(stream));
      if (authority.isEmpty()) {
        authority = system;
      }
      return authority.equals(system)
          ? withoutNumbers(
              stream.name(), Way.TRANSACTION, "in the transaction that commits the snapshot")
          : plain(stream, "only one system can commit a snapshot, and " + authority + " does");
    }
    return connector instanceof StagedSinkConnector
        ? withoutNumbers(stream.name(), Way.STAGED, "brought to the snapshot when it goes on")
        : plain(stream, "connector '" + connector.name() + "' cannot take rows back");
  }

  private SinkDelivery shown(QueryPlan query) {
    return wish(script) == Wish.AT_MOST_ONCE
        ? withoutNumbers(query.name(), Way.HELD, "its rows are shown when their snapshot is there")
        : withoutNumbers(query.name(), Way.FLUSH, "its rows are shown as they come");
  }

  private static SinkDelivery withoutNumbers(String stream, Way way, String reason) {
    return new SinkDelivery(stream, way, reason, Optional.empty());
  }

  /** The delivery of a sink that cannot follow snapshots, for some reason. */
  private SinkDelivery plain(StreamDeclaration stream, String reason) {
    return wish(script) == Wish.AT_MOST_ONCE
        ? withoutNumbers(stream.name(), Way.HELD, "written when its snapshot is there: " + reason)
        : flushed(stream, reason);
  }

  private SinkDelivery flushed(StreamDeclaration stream, String reason) {
    return new SinkDelivery(stream.name(), Way.FLUSH, reason, numbering(stream));
  }

  private Optional<RowNumbering> numbering(StreamDeclaration stream) {
    if (!(connections.connector(stream) instanceof SequencedSinkConnector sequenced)) {
      return Optional.empty();
    }
    if (!keepsSnapshots) {
      return Optional.of(RowNumbering.without("numbers are kept in snapshots"));
    }
    String destination = sequenced.destination(connections.definition(stream));
    return Optional.of(
        sharing(stream, destination)
            .map(other -> RowNumbering.without("'" + other + "' goes to the same place"))
            .orElseGet(() -> ReplayOrder.of(connections, script, stream, destination)));
  }

  /** Another stream of the script with the same destination: numbers would not tell them apart. */
  private Optional<String> sharing(StreamDeclaration stream, String destination) {
    return script.plan().streams().stream()
        .filter(other -> other.isDerived() && other.connector() != null && !other.equals(stream))
        .filter(
            other ->
                connections.connector(other) instanceof SequencedSinkConnector sequenced
                    && sequenced.destination(connections.definition(other)).equals(destination))
        .map(StreamDeclaration::name)
        .findFirst();
  }

  private static void requireSnapshots(CompiledScript script, DeliveryPlan plan) {
    if (!plan.keepsSnapshots()) {
      throw new MillraceException(
          "'delivery' is '"
              + script.settings().getString(StreamOptions.DELIVERY)
              + "', but the job keeps no snapshots, "
              + plan.reason().substring(plan.reason().indexOf(", ") + 2));
    }
  }

  private static void requireReplay(CompiledScript script, DeliveryPlan plan) {
    if (!plan.repeated().isEmpty()) {
      throw new MillraceException(
          "'delivery' is '"
              + script.settings().getString(StreamOptions.DELIVERY)
              + "', but rows of '"
              + plan.repeated().get(0)
              + "' may come twice after a crash: its connector gives again what was not"
              + " acknowledged; leave 'delivery' out, or say 'at-least-once'");
    }
  }

  private static void requireExactlyOnce(DeliveryPlan plan) {
    if (!plan.lossy().isEmpty()) {
      throw new MillraceException(
          "'delivery' is 'exactly-once', but rows of '"
              + plan.lossy().get(0)
              + "' may be left out under overload: SET 'overload' = 'block', or leave 'delivery'"
              + " out, and what is not left out counts once where sinks can");
    }
    for (SinkDelivery sink : plan.sinks()) {
      if (!sink.way().isExactlyOnce()) {
        throw new MillraceException(
            "'delivery' is 'exactly-once', but rows of '"
                + sink.stream()
                + "' may come twice after a crash: "
                + sink.reason());
      }
    }
  }
}
