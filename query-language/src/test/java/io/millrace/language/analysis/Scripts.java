package io.millrace.language.analysis;

import io.millrace.language.ast.Script;
import io.millrace.language.parser.ScriptParser;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Analyses scripts over a fixed catalog. */
public final class Scripts {
  private static final FunctionCatalog FUNCTIONS =
      FunctionCatalog.of(List.of(() -> List.of(FakeFunctions.class)));

  private Scripts() {}

  static AnalysisCatalog catalog(StreamDeclaration... existing) {
    return new AnalysisCatalog(
        FUNCTIONS,
        FakeConnectors.all(),
        FakeConnectors.formats(),
        List.of(
            OptionSpec.choice("on.error", null, List.of("skip", "fail", "dead-letter"), "then"),
            OptionSpec.optional("dead.letter.path", OptionType.STRING, null, "where")),
        List.of(OptionSpec.optional("time.zone", OptionType.STRING, "UTC", "the zone")),
        List.of(existing));
  }

  static ScriptPlan analyze(String text, Diagnostics diagnostics, StreamDeclaration... existing) {
    Script script = ScriptParser.parse(new SourceText("test.sql", text), Map.of(), diagnostics);
    return Analyzer.analyze(script, catalog(existing), diagnostics);
  }

  /** The plan of a script that must have no errors. */
  public static ScriptPlan plan(String text) {
    Diagnostics diagnostics = new Diagnostics();
    ScriptPlan plan = analyze(text, diagnostics);
    diagnostics.throwIfAny(new SourceText("test.sql", text));
    return plan;
  }

  /** The last query of a script, as analysis makes it. */
  public static QueryPlan query(String text) {
    List<QueryPlan> queries = plan(text).queries();
    return queries.get(queries.size() - 1);
  }

  static String planText(String text) {
    return PlanPrinter.print(query(text));
  }

  static String rewrittenText(String text) {
    return PlanPrinter.print(PlanRewriter.rewrite(query(text).root()));
  }

  /** The errors, each as {@code line:column message; hint}. */
  static List<String> errors(String text, StreamDeclaration... existing) {
    Diagnostics diagnostics = new Diagnostics();
    analyze(text, diagnostics, existing);
    List<String> lines = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      String place = diagnostic.span().line() + ":" + diagnostic.span().column();
      String hint = diagnostic.findHint().map(h -> "; " + h).orElse("");
      lines.add(place + " " + diagnostic.message() + hint);
    }
    return lines;
  }
}
