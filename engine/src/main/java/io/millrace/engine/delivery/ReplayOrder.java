package io.millrace.engine.delivery;

import io.millrace.compiler.graph.MeaningHash;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.overload.OverloadSettings;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.rewrite.VolatileSearch;
import io.millrace.spi.connector.Replay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of a derived stream come again as they were, in the same order, when a job goes
 * on from a snapshot. They do if nothing that they are computed of depends on the moment, and their
 * inputs are taken in an order of their own: see {@link PolledInputs}.
 */
final class ReplayOrder {
  private final Connections connections;
  private final CompiledScript script;
  private final Set<String> seen = new HashSet<>();
  private final List<StreamDeclaration> inputs = new ArrayList<>();
  private final StringBuilder meaning = new StringBuilder();
  private @Nullable String obstacle;

  private ReplayOrder(Connections connections, CompiledScript script) {
    this.connections = connections;
    this.script = script;
  }

  /**
   * The numbering of a stream's rows.
   *
   * @param destination where they go
   */
  static RowNumbering of(
      Connections connections,
      CompiledScript script,
      StreamDeclaration stream,
      String destination) {
    ReplayOrder order = new ReplayOrder(connections, script);
    order.meaning.append(script.timeZone()).append('\n');
    order.addQueries(stream);
    return order.numbering(destination);
  }

  private RowNumbering numbering(String destination) {
    PolledInputs polled = PolledInputs.of(connections, inputs);
    String onlyAlone = polled.isOrdered() ? "" : polled.names().get(0);
    if (polled.areSeveral()) {
      note("'" + onlyAlone + "' and '" + polled.names().get(1) + "' are read as rows come");
    }
    String found = obstacle;
    return found != null
        ? RowNumbering.without(found)
        : new RowNumbering("", onlyAlone, destination, MeaningHash.of(meaning.toString()));
  }

  private void add(StreamDeclaration stream) {
    if (!seen.add(key(stream))) {
      return;
    }
    meaning.append(stream.name()).append(' ').append(stream.schema()).append(' ');
    meaning.append(stream.isTable()).append(stream.keyColumns()).append(stream.time());
    if (stream.isDerived()) {
      addQueries(stream);
    } else {
      addInput(stream);
    }
  }

  private void addQueries(StreamDeclaration stream) {
    for (QueryPlan query : script.plan().queries()) {
      StreamDeclaration target = query.target();
      if (target != null && key(target).equals(key(stream))) {
        meaning.append('\n').append(PlanPrinter.print(query.root()));
        VolatileSearch.find(query.root())
            .ifPresent(name -> note(name + "() gives something else when it is called again"));
        addScans(query.root());
      }
    }
    if (script.plan().constants().stream().anyMatch(it -> key(it.target()).equals(key(stream)))) {
      note("rows of INSERT INTO " + stream.name() + " VALUES have the time at which they are sent");
    }
  }

  private void addScans(PlanNode node) {
    if (node instanceof ScanNode scan) {
      add(scan.stream());
    }
    node.inputs().forEach(this::addScans);
  }

  private void addInput(StreamDeclaration input) {
    inputs.add(input);
    meaning.append(new TreeMap<>(input.options()));
    if (connections.sourceConnector(input).replay(connections.definition(input))
        != Replay.FROM_POSITION) {
      note("'" + input.name() + "' gives rows again in any order");
    }
    if (!hasTimeOfItsOwn(input)) {
      note("rows of '" + input.name() + "' have the time of their arrival: TIMESTAMP BY a column");
    }
    if (input.idleMillis() > 0) {
      note("'" + input.name() + "' has an IDLE TIMEOUT, and what is silent depends on the clock");
    }
    if (OverloadSettings.of(script.settings()).mayShed(input, connections)) {
      note("rows of '" + input.name() + "' may be left out under overload");
    }
    if (input.isTable() && !PolledInputs.isBounded(connections, input)) {
      note("changes of table '" + input.name() + "' may be gone when later ones are there");
    }
  }

  private boolean hasTimeOfItsOwn(StreamDeclaration input) {
    return !(input.time() instanceof TimeAttribute.Undeclared)
        || connections.sourceConnector(input).givesRecordTimes(connections.definition(input));
  }

  private void note(String reason) {
    obstacle = Optional.ofNullable(obstacle).orElse(reason);
  }

  private static String key(StreamDeclaration stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }
}
