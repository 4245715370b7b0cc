package io.millrace.language.analysis;

import io.millrace.language.ast.Script;
import io.millrace.language.plan.OnDemandPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.spi.error.Diagnostics;
import java.util.Optional;

/**
 * Makes a plan of a script, or reports every error that it has. Statements are analysed in their
 * order; one with errors still declares its stream, so that an error is reported once.
 */
public final class Analyzer {
  private Analyzer() {}

  /**
   * Analyses a script.
   *
   * @param script its syntax tree
   * @param catalog what it may use
   * @param diagnostics receives the errors; if it has syntax errors already, statements are
   *     missing, and unknown streams are not reported
   * @return its plan, not rewritten; not to be run if errors were reported
   */
  public static ScriptPlan analyze(
      Script script, AnalysisCatalog catalog, Diagnostics diagnostics) {
    boolean isWhole = diagnostics.isEmpty();
    AnalysisContext context = new AnalysisContext(catalog, diagnostics);
    Streams streams = new Streams(catalog, context.reporter(), isWhole);
    ScriptBuilder builder = new ScriptBuilder();
    new StatementAnalyzer(context, script.source(), builder, streams).analyze(script.statements());
    ScriptPlan plan = builder.build();
    return diagnostics.isEmpty() ? new ScriptCompletion(plan, context.reporter()).complete() : plan;
  }

  /**
   * Analyses a query that a table answers at once.
   *
   * @param script its syntax tree: one SELECT
   * @param catalog what it may use; the tables are its existing ones
   * @param diagnostics receives the errors
   * @return its plan, rewritten; empty if errors were reported
   */
  public static Optional<OnDemandPlan> analyzeOnDemand(
      Script script, AnalysisCatalog catalog, Diagnostics diagnostics) {
    if (!diagnostics.isEmpty()) {
      return Optional.empty();
    }
    AnalysisContext context = new AnalysisContext(catalog, diagnostics);
    Streams streams = new Streams(catalog, context.reporter(), true);
    return new OnDemandAnalyzer(context, streams).analyze(script);
  }
}
