package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a table over a window has its key: it keeps a row per key, and of a closing window
 * its start is part of it, of a session its end, too.
 */
final class TableKeyCheck {
  private final Reporter reporter;
  private final WindowSpec window;
  private final Span query;

  TableKeyCheck(Reporter reporter, WindowSpec window, Span query) {
    this.reporter = reporter;
    this.window = window;
    this.query = query;
  }

  /** Reports a table of the rows that enter a window, of which nothing says that they leave. */
  void checkEntering(@Nullable EmitClause emit) {
    boolean isRefusedAlready = emit != null && emit.mode() instanceof EmitMode.OnExpiry;
    if (EmissionAnalyzer.showsWhatLeaves(window) && !isRefusedAlready) {
      reporter.error(
          "bad-emit",
          query,
          "rows leave this window, and a table has what is there",
          "say EMIT CHANGES, with which a row that leaves is deleted");
    }
  }

  /**
   * Reports what is missing.
   *
   * @param start the index of WINDOW_START among the columns of the aggregation
   */
  void check(List<ResultColumn> results, Grouping grouping, int start) {
    if (window instanceof WindowSpec.LengthBatch) {
      reporter.unsupported(UnsupportedFeature.TABLE_OVER_BATCHES, query);
    } else if (window.isSliding() && window.usualEmission() == Emission.LOOKS) {
      reporter.error(
          "bad-emit",
          query,
          "a table has each change at once, but this window is looked at now and then",
          "say EMIT CHANGES");
    }
    if (grouping.hasBounds() && !selects(results, start)) {
      reporter.unsupported(
          UnsupportedFeature.TABLE_WITHOUT_WINDOW_START,
          query,
          "add WINDOW_START to the select list: it is part of the table's key");
    } else if (window.endsByGroup() && !selects(results, start + 1)) {
      reporter.unsupported(
          UnsupportedFeature.TABLE_WITHOUT_WINDOW_END,
          query,
          "add WINDOW_END to the select list: it is part of the table's key");
    }
  }

  private static boolean selects(List<ResultColumn> results, int column) {
    return results.stream()
        .anyMatch(c -> c.expression() instanceof ColumnReference r && r.index() == column);
  }
}
