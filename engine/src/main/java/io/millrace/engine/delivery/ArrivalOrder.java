package io.millrace.engine.delivery;

import io.millrace.compiler.graph.JoinSettings;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says for EXPLAIN whose results follow the order in which rows come, where that may be another one
 * in each run: because they are of several partitions, or streams, that are polled and never end.
 */
public final class ArrivalOrder {
  static final String NEWEST = "the newest row of a key is the last to come";
  private final Connections connections;
  private final CompiledScript script;
  private final boolean joinsByTime;
  private final Map<String, ComingRows> streams = new HashMap<>();

  private ArrivalOrder(Connections connections, CompiledScript script) {
    this.connections = connections;
    this.script = script;
    this.joinsByTime = JoinSettings.of(script.plan()).isInTimeOrder();
  }

  /** Those of the queries of a script, a line each, and why; empty if there is none. */
  public static String print(Connections connections, CompiledScript script) {
    return print(connections, script, script.plan().queries());
  }

  /**
   * Those of some queries.
   *
   * @param script what has the streams that they read
   */
  public static String print(
      Connections connections, CompiledScript script, List<QueryPlan> queries) {
    ArrivalOrder order = new ArrivalOrder(connections, script);
    StringBuilder text = new StringBuilder();
    queries.forEach(query -> text.append(order.print(query)));
    return text.isEmpty() ? "" : "\nOrder of arrival\n" + text;
  }

  private String print(QueryPlan query) {
    ArrivalSearch search = search();
    ComingRows rows = search(query, search);
    if (search.found().isEmpty()) {
      return rows.cause().isEmpty()
          ? ""
          : "  " + query.name() + ": as '" + rows.cause() + "', which it reads\n";
    }
    Set<StreamDeclaration> inputs = new LinkedHashSet<>();
    search.found().forEach(use -> inputs.addAll(use.inputs()));
    StringBuilder text = new StringBuilder("  ").append(query.name());
    text.append(": may give other results in each run")
        .append(condition(PolledInputs.of(connections, inputs)))
        .append('\n');
    Set<String> uses = new LinkedHashSet<>();
    search.found().forEach(use -> uses.add(use.print()));
    uses.forEach(use -> text.append("    ").append(use).append('\n'));
    return text.toString();
  }

  private static String condition(PolledInputs polled) {
    List<String> names = polled.names().stream().map(name -> "'" + name + "'").toList();
    return polled.areSeveral()
        ? ", as " + String.join(" and ", names) + " are read as rows come"
        : " if " + names.get(0) + " has several partitions";
  }

  private ArrivalSearch search() {
    return new ArrivalSearch(
        this::rowsOf, inputs -> !PolledInputs.of(connections, inputs).isOrdered(), joinsByTime);
  }

  private static ComingRows search(QueryPlan query, ArrivalSearch search) {
    ComingRows rows = search.of(query.root());
    StreamDeclaration target = query.target();
    return target != null && target.isTable() && !query.root().isChangelog()
        ? search.note(rows, NEWEST, "")
        : rows;
  }

  private ComingRows rowsOf(StreamDeclaration stream) {
    String key = stream.name().toLowerCase(Locale.ROOT);
    ComingRows known = streams.get(key);
    if (known == null) {
      streams.put(key, ComingRows.NONE); // one that a query reads and feeds
      known = stream.isDerived() ? fed(stream, key) : read(stream);
      streams.put(key, known);
    }
    return known;
  }

  private ComingRows read(StreamDeclaration input) {
    return PolledInputs.isInterleaved(connections, input)
        ? new ComingRows(Set.of(input), ComingRows.Order.ARRIVAL, "")
        : ComingRows.NONE;
  }

  private ComingRows fed(StreamDeclaration stream, String key) {
    List<ComingRows> ways = new ArrayList<>();
    boolean isCause = false;
    for (QueryPlan query : script.plan().queries()) {
      StreamDeclaration target = query.target();
      if (target != null && target.name().toLowerCase(Locale.ROOT).equals(key)) {
        ArrivalSearch search = search();
        ways.add(search(query, search));
        isCause |= !search.found().isEmpty();
      }
    }
    ComingRows rows = ComingRows.merged(ways);
    return isCause ? rows.because(stream.name()) : rows;
  }
}
