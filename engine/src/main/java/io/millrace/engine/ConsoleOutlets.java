package io.millrace.engine;

import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.spi.connector.Sink;
import java.util.ArrayList;
import java.util.List;

/** The streams and bare queries of a job that print on the console, while its sinks are opened. */
final class ConsoleOutlets {
  static final String CONNECTOR = "console";
  private final ScriptPlan plan;
  private final List<Use> uses = new ArrayList<>();

  ConsoleOutlets(ScriptPlan plan) {
    this.plan = plan;
  }

  /** A stream on the console, and the place of its query in the script; 0 if it has several. */
  private record Use(StreamOutlet outlet, Sink sink, int place) {}

  void add(StreamDeclaration stream, StreamOutlet outlet, Sink sink) {
    List<QueryPlan> feeding = plan.queries().stream().filter(q -> feeds(q, stream)).toList();
    int place = feeding.size() == 1 ? feeding.get(0).place() : 0;
    uses.add(new Use(outlet, sink, place));
  }

  void add(QueryPlan query, StreamOutlet outlet, Sink sink) {
    uses.add(new Use(outlet, sink, query.place()));
  }

  private static boolean feeds(QueryPlan query, StreamDeclaration stream) {
    StreamDeclaration target = query.target();
    return target != null && target.name().equals(stream.name());
  }

  /** The key of a bare query's rows, by which a deletion names its row; empty if it has none. */
  static List<Integer> keyOf(QueryPlan query) {
    KeyColumns key = KeyColumns.of(query.root(), false);
    return key.isComplete() ? key.columns() : List.of();
  }

  /** Has the outlets print: one as its rows come, several in the order of their rows' keys. */
  void open(CircuitJob circuit) {
    if (uses.size() < 2) {
      uses.forEach(use -> use.outlet().open(use.sink()));
      return;
    }
    ConsoleOrder order = new ConsoleOrder();
    for (Use use : uses) {
      StreamOutlet outlet = use.outlet();
      outlet.open(order.hold(use.sink(), outlet.schema(), use.place()));
    }
    circuit.atTurnEnd(order::endTurn);
  }
}
