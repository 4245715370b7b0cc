package io.millrace.engine.show;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.compile.ScriptCompiler;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.engine.delivery.ArrivalOrder;
import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.engine.delivery.DeliveryPlanner;
import io.millrace.engine.sharing.SharingPlan;
import io.millrace.engine.sharing.SharingPlanner;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ShowRequest;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.operators.graph.GraphPrinter;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers questions about scripts and about what an engine offers, as text whose lines all end with
 * a line feed. Immutable.
 */
public final class Answers {
  private final ScriptCompiler compiler;
  private final Plugins plugins;
  private final FunctionAnswers functions;
  private final ConnectorAnswers connectors;
  private final int width;

  /**
   * @param width the length of the longest line of a table, in characters
   */
  public Answers(FunctionCatalog functions, Plugins plugins, ScriptCompiler compiler, int width) {
    this.compiler = compiler;
    this.plugins = plugins;
    this.functions = new FunctionAnswers(functions, width);
    this.connectors = new ConnectorAnswers(plugins, width);
    this.width = width;
  }

  /** All functions: SHOW FUNCTIONS. */
  public String functions() {
    return functions.all();
  }

  /**
   * What a function takes and gives: DESCRIBE FUNCTION.
   *
   * @throws io.millrace.spi.error.MillraceException if there is no such function
   */
  public String function(String name) {
    return functions.one(name);
  }

  /** All connectors and formats: SHOW CONNECTORS. */
  public String connectors() {
    return connectors.all();
  }

  /**
   * The options of a connector or format: DESCRIBE CONNECTOR.
   *
   * @throws io.millrace.spi.error.MillraceException if there is none of that name
   */
  public String connector(String name) {
    return connectors.one(name);
  }

  /** The plans of all queries of a script, after the rewrites; empty if it has none. */
  public String explainLogical(CompiledScript script) {
    List<String> plans = script.plan().queries().stream().map(PlanPrinter::print).toList();
    return String.join("\n", plans);
  }

  /**
   * The operators of a script, and whose results follow the order in which rows come; empty if it
   * has no query.
   */
  public String explainPhysical(CompiledScript script) {
    return physical(script, script.graph()) + ArrivalOrder.print(connections(), script);
  }

  /** What a script's job promises about its rows after a crash; empty if it has no query. */
  public String explainDelivery(CompiledScript script) {
    if (script.plan().queries().isEmpty()) {
      return "";
    }
    Connections connections = connections();
    boolean hasFolder = script.settings().findString(StreamOptions.SNAPSHOT_DIR).isPresent();
    DeliveryPlan best = DeliveryPlanner.plan(connections, script, true);
    boolean keepsSnapshots = hasFolder || !best.authority().isEmpty();
    DeliveryPlan plan = keepsSnapshots ? best : DeliveryPlanner.plan(connections, script, false);
    return "\n" + plan.print() + explainSharing(connections, script, best);
  }

  /** Of a script that may be shared, as far as its inputs go, or that wants to be. */
  private static String explainSharing(
      Connections connections, CompiledScript script, DeliveryPlan delivery) {
    SharingPlan sharing = SharingPlanner.plan(connections, script, delivery);
    return sharing.readsTopics() || script.isShared() ? sharing.print() : "";
  }

  /** The code generated for a script; empty if there is none. */
  public String explainCode(CompiledScript script) {
    return GraphPrinter.printCode(script.graph());
  }

  /**
   * The answers to the SHOW, DESCRIBE and EXPLAIN statements of a script, in their order; those to
   * EXPLAIN ANALYZE are known when it has run.
   *
   * @param earlier scripts whose streams this one may read
   */
  public List<String> requested(CompiledScript script, List<CompiledScript> earlier) {
    List<StreamDeclaration> streams = new ArrayList<>();
    List<QueryPlan> queries = new ArrayList<>();
    List<CompiledScript> all = new ArrayList<>(earlier);
    all.add(script);
    for (CompiledScript one : all) {
      streams.addAll(one.plan().streams());
      queries.addAll(one.plan().queries());
    }
    StreamAnswers streamAnswers = new StreamAnswers(streams, width);
    List<String> answers = new ArrayList<>();
    for (ShowRequest request : script.plan().requests()) {
      if (request instanceof ShowRequest.Explain explain) {
        answers.add(explain(explain, script));
      } else if (!(request instanceof ShowRequest.Analyze)) {
        answers.add(answer(request, streamAnswers, queries));
      }
    }
    return answers;
  }

  private Connections connections() {
    return new Connections(plugins, "explain", Clock.system(), null);
  }

  /** The operators with how many tasks they run in. */
  private static String physical(CompiledScript script, OperatorGraph graph) {
    return GraphPrinter.print(graph, (int) script.settings().getLong(StreamOptions.PARALLELISM));
  }

  private String answer(ShowRequest request, StreamAnswers streams, List<QueryPlan> queries) {
    if (request instanceof ShowRequest.Describe describe) {
      return switch (describe.kind()) {
        case FUNCTIONS -> functions.one(describe.name());
        case CONNECTORS -> connectors.one(describe.name());
        case STREAMS, TABLES, QUERIES -> streams.one(describe.name());
      };
    }
    return switch (((ShowRequest.ShowAll) request).kind()) {
      case STREAMS -> streams.all(false);
      case TABLES -> streams.all(true);
      case QUERIES -> streams.queries(queries);
      case FUNCTIONS -> functions.all();
      case CONNECTORS -> connectors.all();
    };
  }

  private String explain(ShowRequest.Explain explain, CompiledScript script) {
    if (explain.level() == ShowRequest.Level.LOGICAL) {
      return PlanPrinter.print(explain.query());
    }
    OperatorGraph graph = compiler.graphOf(explain.query());
    return explain.level() == ShowRequest.Level.PHYSICAL
        ? physical(script, graph)
            + ArrivalOrder.print(connections(), script, List.of(explain.query()))
        : GraphPrinter.printCode(graph);
  }
}
