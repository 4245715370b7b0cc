package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Query;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.WindowSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows the queries in the FROM of a table's groups that send the rows of a window, or rows that
 * differ from the one before, or those of a join or pattern that are taken back. A table of these
 * would have one row of each key; groups are of every row. So they go on as the events that they
 * would be in a stream, and what leaves the window, or is corrected, takes them back.
 */
final class NestedRows {
  private final QueryShape shape;

  NestedRows(AnalysisContext context) {
    shape = new QueryShape(context);
  }

  /** The query that sends the rows as events; empty if they are not those of a window. */
  Optional<Query> events(Query query, AnalyzedRelation source) {
    WindowSpec window = source.window();
    EmitClause emit = query.emit();
    if (source.plan().isChangelog()
        || source.isWindowFaulty()
        || !shape.isOfRows(query.select())
        || !(areEvents(window, emit) || takesBackWhatCameEarly(source, emit))) {
      return Optional.empty();
    }
    return Optional.of(areTakenBack(window, emit) ? query.withRetractions() : query);
  }

  private static boolean areEvents(WindowSpec window, @Nullable EmitClause emit) {
    boolean areChanges = emit != null && emit.mode() instanceof EmitMode.Changes;
    if (window instanceof WindowSpec.Closing && !(window instanceof RollupWindow)) {
      return emit == null
          || areChanges
          || emit.mode() instanceof EmitMode.Final
          || emit.mode() instanceof EmitMode.OnClose;
    }
    return areChanges
        && (EmissionAnalyzer.showsWhatLeaves(window)
            || (window.coversAll()
                && emit != null
                && emit.mode() instanceof EmitMode.Changes changes
                && changes.isDistinct()));
  }

  /** Whether rows of a join or pattern come before they are certain, and may be taken back. */
  private static boolean takesBackWhatCameEarly(
      AnalyzedRelation source, @Nullable EmitClause emit) {
    return emit != null
        && emit.isWithRetractions()
        && JoinEmission.areSentAtOnce(source.plan(), emit);
  }

  /** Whether rows leave their window, are sent once more, or get another window. */
  private static boolean areTakenBack(WindowSpec window, @Nullable EmitClause emit) {
    if (emit == null || window.coversAll()) {
      return false;
    }
    return emit.mode() instanceof EmitMode.Changes
        ? EmissionAnalyzer.showsWhatLeaves(window) || window.endsByGroup()
        : RevisedWindows.of(emit, window) instanceof WindowSpec.Revised;
  }
}
