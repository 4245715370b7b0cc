package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/** Checks that a table over a window hears of each change of what the window holds. */
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

  /** Reports a table of groups that are looked at now and then. */
  void checkLooks() {
    if (window.isSliding() && window.usualEmission() == Emission.LOOKS) {
      reporter.error(
          "bad-emit",
          query,
          "a table has each change at once, but this window is looked at now and then",
          "say EMIT CHANGES");
    }
  }
}
