package io.millrace.engine.compile;

import io.millrace.compiler.graph.GraphBuilder;
import io.millrace.compiler.graph.KernelCompiler;
import io.millrace.compiler.graph.StateIdentities;
import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.analysis.AnalysisCatalog;
import io.millrace.language.analysis.Analyzer;
import io.millrace.language.ast.Script;
import io.millrace.language.parser.ScriptParser;
import io.millrace.language.plan.OnDemandPlan;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles scripts against what an engine offers. Thread-safe. */
public final class ScriptCompiler {
  private final FunctionCatalog functions;
  private final Plugins plugins;
  private final KernelCompiler kernels;

  public ScriptCompiler(FunctionCatalog functions, Plugins plugins, KernelCompiler kernels) {
    this.functions = functions;
    this.plugins = plugins;
    this.kernels = kernels;
  }

  /**
   * Compiles a script.
   *
   * @param settings go before SET in the script
   * @param existing streams and tables of other jobs
   * @throws io.millrace.spi.error.ScriptException with all errors of the script
   */
  public CompiledScript compile(
      SourceText source,
      Map<String, String> variables,
      Map<String, String> settings,
      List<StreamDeclaration> existing) {
    ScriptPlan analyzed = analyze(source, variables, settings, existing);
    ScriptPlan plan = PlanRewriter.rewrite(analyzed);
    Set<String> names = new HashSet<>();
    existing.forEach(stream -> names.add(stream.name().toLowerCase(Locale.ROOT)));
    GraphBuilder builder = new GraphBuilder(kernels, names, StateIdentities.of(analyzed));
    OperatorGraph graph = builder.build(plan);
    refuse(builder.waitingForClock(), source);
    return new CompiledScript(source, plan, graph);
  }

  /** What waits for the clock is known of the operators, and of nothing before them. */
  private static void refuse(List<StreamDeclaration> waitingForClock, SourceText source) {
    Diagnostics diagnostics = new Diagnostics();
    for (StreamDeclaration stream : waitingForClock) {
      diagnostics.report(
          "bad-time",
          stream.span(),
          "'"
              + stream.name()
              + "' is fed with rows that wait for the clock (those of windows, patterns and the like"
              + " over a stream without a declared time), and has a time clause: how far its time"
              + " is when one comes would depend on how many rows come at once",
          "declare the time of the streams that are read: TIMESTAMP BY or WATERMARK FOR a column");
    }
    diagnostics.throwIfAny(source);
  }

  private ScriptPlan analyze(
      SourceText source,
      Map<String, String> variables,
      Map<String, String> settings,
      List<StreamDeclaration> existing) {
    checkSettings(settings);
    Diagnostics diagnostics = new Diagnostics();
    Script script = ScriptParser.parse(source, variables, diagnostics);
    ScriptPlan plan = Analyzer.analyze(script, catalog(existing), diagnostics);
    diagnostics.throwIfAny(source);
    Map<String, String> all = new HashMap<>(plan.settings());
    settings.forEach((key, value) -> all.put(key.toLowerCase(Locale.ROOT), value));
    return plan.with(all, CompiledScript.timeZone(new Options(StreamOptions.settings(), all)));
  }

  /** The operators of one query; the streams that it reads are taken as given. */
  public OperatorGraph graphOf(QueryPlan query) {
    Set<String> given = new HashSet<>();
    addStreams(query.root(), given);
    ScriptPlan script = new ScriptPlan(List.of(), List.of(query), List.of(), Map.of(), List.of());
    return new GraphBuilder(kernels, given, StateIdentities.of(script)).build(script);
  }

  private static void addStreams(PlanNode node, Set<String> names) {
    if (node instanceof ScanNode scan) {
      names.add(scan.stream().name().toLowerCase(Locale.ROOT));
    }
    node.inputs().forEach(input -> addStreams(input, names));
  }

  private static void checkSettings(Map<String, String> settings) {
    List<OptionSpec> known = StreamOptions.settings();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      OptionSpec spec =
          known.stream()
              .filter(option -> option.matches(setting.getKey()))
              .findFirst()
              .orElse(null);
      if (spec == null) {
        List<String> names = known.stream().map(OptionSpec::name).toList();
        String hint =
            NearestName.hint(setting.getKey(), names)
                .orElse("there are " + String.join(", ", names));
        throw new MillraceException("unknown setting '" + setting.getKey() + "'; " + hint);
      }
      OptionValues.problem(spec, setting.getValue())
          .ifPresent(
              problem -> {
                throw new MillraceException(problem);
              });
    }
  }

  /**
   * The plan of a query that a table answers at once.
   *
   * @throws io.millrace.spi.error.ScriptException with all its errors
   */
  public OnDemandPlan onDemand(SourceText source, List<StreamDeclaration> existing) {
    Diagnostics diagnostics = new Diagnostics();
    Script script = ScriptParser.parse(source, Map.of(), diagnostics);
    Optional<OnDemandPlan> plan = Analyzer.analyzeOnDemand(script, catalog(existing), diagnostics);
    diagnostics.throwIfAny(source);
    return plan.orElseThrow(
        () -> new MillraceException("only a query can be asked: SELECT … FROM a table"));
  }

  /**
   * The operators of a query that a table answers at once: the rows of the table count as events.
   */
  public OperatorGraph graph(OnDemandPlan plan, String queryName, String text) {
    PlanNode root = overEvents(plan.root());
    QueryPlan query = new QueryPlan(queryName, 1, null, root, false, text, plan.table().span());
    ScriptPlan script = new ScriptPlan(List.of(), List.of(query), List.of(), Map.of(), List.of());
    Set<String> given = Set.of(plan.table().name().toLowerCase(Locale.ROOT));
    return new GraphBuilder(kernels, given, StateIdentities.of(script)).build(script);
  }

  private static PlanNode overEvents(PlanNode node) {
    if (node instanceof ScanNode scan) {
      return new ScanNode(scan.stream().asStream(), scan.metadata(), scan.schema());
    }
    return node.withInputs(node.inputs().stream().map(ScriptCompiler::overEvents).toList());
  }

  private AnalysisCatalog catalog(List<StreamDeclaration> existing) {
    return new AnalysisCatalog(
        functions,
        plugins.connectors(),
        plugins.formats(),
        StreamOptions.ofStreams(),
        StreamOptions.settings(),
        existing);
  }
}
