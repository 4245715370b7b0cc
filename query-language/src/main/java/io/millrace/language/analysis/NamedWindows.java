package io.millrace.language.analysis;

import io.millrace.language.ast.PartitionClause;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowKind;
import io.millrace.language.ast.WindowParameter;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Windows that have a name and are shared. What one holds does not depend on who looks at it: where
 * rows decide about each other, a query's WHERE picks among what the window holds.
 */
final class NamedWindows {
  private final AnalysisContext context;
  private final Reporter reporter;

  NamedWindows(AnalysisContext context) {
    this.context = context;
    this.reporter = context.reporter();
  }

  /** The window of CREATE WINDOW; empty after a report. */
  Optional<WindowSpec> declare(WindowClause clause, Scope columns) {
    if (clause.kind() == WindowKind.DELAY || clause.kind() == WindowKind.SESSION) {
      boolean isDelay = clause.kind() == WindowKind.DELAY;
      reporter.error(
          "bad-window",
          clause.span(),
          isDelay
              ? "DELAY holds rows on their way, and is no window that is looked at"
              : "the sessions of a window are those of groups, and only a query has groups",
          isDelay
              ? "write it behind the stream in the query whose rows shall wait"
              : "make it a stream, and write WINDOW SESSION behind it in the queries");
      return Optional.empty();
    }
    List<WindowArgument> others = new ArrayList<>(clause.arguments());
    List<WindowArgument> retentions = new ArrayList<>();
    for (WindowArgument argument : clause.arguments()) {
      if (argument.parameter() == WindowParameter.RETENTION && others.remove(argument)) {
        retentions.add(argument);
      }
    }
    Optional<WindowSpec> window = new WindowAnalyzer(context, columns).analyze(clause.with(others));
    return retentions.isEmpty()
        ? window
        : window.flatMap(it -> retained(it, clause.with(retentions)));
  }

  /**
   * The window with its RETENTION; empty after a report.
   *
   * @param clause that argument alone
   */
  private Optional<WindowSpec> retained(WindowSpec window, WindowClause clause) {
    WindowArguments arguments =
        new WindowArguments(reporter, clause, List.of(), WindowParameter.RETENTION);
    long retention = arguments.duration(WindowParameter.RETENTION, "the retention of a window");
    if (!(window instanceof WindowSpec.Closing closing)) {
      arguments.fault(
          WindowParameter.RETENTION,
          "RETENTION is for windows that close, such as TUMBLING; of "
              + clause.kind().name()
              + (window instanceof WindowSpec.LengthBatch
                  ? " rows leave with the last of their batch, and none is kept behind that"
                  : " rows leave one by one, and none is kept behind that"));
      return Optional.empty();
    }
    if (retention < window.graceMillis()) {
      arguments.fault(
          WindowParameter.RETENTION,
          "RETENTION must be at least the GRACE PERIOD, in which the window still takes rows");
    }
    return arguments.isFaulty()
        ? Optional.empty()
        : Optional.of(new RetainedWindow(closing, retention));
  }

  /**
   * What holds the rows of a named window.
   *
   * @param rows begin with its columns
   */
  static AggregateNode contents(PlanNode rows, WindowSpec window, Schema schema) {
    List<NamedExpression> columns = NamedExpression.columnsFrom(schema, 0);
    return new AggregateNode(
        rows, window, List.of(), List.of(), List.of(), columns, Emission.HELD, schema);
  }

  /** Whether the window of a source is that of its name. */
  static boolean isNamed(AnalyzedRelation source) {
    PlanNode rows = source.plan();
    PlanNode scan = rows instanceof ExplodeNode exploded ? exploded.input() : rows;
    return scan instanceof ScanNode named && named.stream().window() != null;
  }

  /**
   * Whether WHERE of a query picks among the rows of a window, and does not decide what it holds.
   * Where the time of a row alone says how long it stays, both are the same.
   */
  static boolean isFilteredAbove(AnalyzedRelation source) {
    return isNamed(source) && comparesRows(source.window());
  }

  private static boolean comparesRows(WindowSpec window) {
    return window instanceof WindowSpec.Arriving
        || window instanceof WindowSpec.Length
        || window instanceof WindowSpec.LengthSlide
        || window instanceof WindowSpec.LengthBatch
        || (window instanceof WindowSpec.TimeBatch batch && batch.offsetMillis().isEmpty());
  }

  /** Refuses what would need a window of its own for a query over one that compares rows. */
  static void checkQuery(Reporter reporter, Query query, AnalyzedRelation source, Purpose purpose) {
    if (purpose == Purpose.ANSWER || !isFilteredAbove(source)) {
      return;
    }
    if (source.plan() instanceof ExplodeNode) {
      reporter.error(
          "bad-window",
          query.select().span(),
          "UNNEST makes several rows of one, and the window counts or compares its rows",
          "write UNNEST in the query that fills the window");
    }
    PartitionClause partition = query.partition();
    if (partition != null && !partition.isRoundRobin()) {
      reporter.error(
          "bad-partition",
          partition.span(),
          "a named window is one for all its rows, and PARTITION BY makes a window for each key",
          "write GROUP BY, or read the stream that fills it with a WINDOW of its own");
    }
  }
}
