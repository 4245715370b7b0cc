package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.SubqueryRelation;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT of the rows of sessions, in a table: as that of a query in FROM which sends the
 * rows. So they are groups of rows that are taken back when their session becomes another one.
 */
final class DistinctSessions {
  private DistinctSessions() {}

  /** The query with its rows in FROM; itself, if it is none of these. */
  static Query inFrom(Query query, QueryShape shape) {
    Select select = query.select();
    Select rows = DistinctGroups.withoutDistinct(select);
    if (!select.isDistinct()
        || !isOfSessions(select)
        || !shape.isOfRows(rows)
        || !sendsRows(query.emit())) {
      return query;
    }
    EmitClause emit = query.emit();
    Query inside =
        new Query(query.commonTables(), rows, query.partition(), null, ofRows(emit), query.span());
    Select values =
        new Select(
            true,
            List.of(new SelectItem.Star(null, select.span())),
            new SubqueryRelation(inside, query.span()),
            null,
            List.of(),
            null,
            null,
            select.span());
    EmitClause changes =
        emit == null || !emit.isWithRetractions()
            ? null
            : new EmitClause(new EmitMode.Changes(false), true, emit.span());
    return new Query(List.of(), values, null, query.order(), changes, query.span());
  }

  /** What says when the rows are sent. They take others back anyway, and values are compared. */
  private static @Nullable EmitClause ofRows(@Nullable EmitClause emit) {
    if (emit == null) {
      return null;
    }
    EmitMode mode =
        emit.mode() instanceof EmitMode.Changes ? new EmitMode.Changes(false) : emit.mode();
    return new EmitClause(mode, false, emit.span());
  }

  private static boolean isOfSessions(Select select) {
    if (!(select.from() instanceof SourceRelation source)) {
      return false;
    }
    WindowClause window = source.modifiers().window();
    return window != null && window.kind() == WindowKind.SESSION;
  }

  private static boolean sendsRows(@Nullable EmitClause emit) {
    return emit == null
        || emit.mode() instanceof EmitMode.Changes
        || emit.mode() instanceof EmitMode.Final
        || emit.mode() instanceof EmitMode.OnClose;
  }
}
