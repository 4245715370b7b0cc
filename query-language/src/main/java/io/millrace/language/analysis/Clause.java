package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.expression.RowExpression;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a query an expression stands, and what it may hold there beside columns.
 *
 * @param name the place, as messages name it: {@code WHERE}
 * @param grouping takes the aggregates; null where none may stand
 * @param explosions takes EXPLODE; null where it may not stand
 * @param analytics takes the analytic functions; null where none may stand
 * @param aliases result columns by name in lower case, which go after the columns
 * @param unreadable result columns that are not known here yet, by name in lower case
 */
record Clause(
    String name,
    @Nullable Grouping grouping,
    @Nullable Explosions explosions,
    @Nullable Analytics analytics,
    Map<String, RowExpression> aliases,
    Map<String, Expression> unreadable) {

  static Clause plain(String name) {
    return plain(name, Map.of());
  }

  /** The same place, where aggregates may stand. */
  Clause withGrouping(Grouping ofAggregates) {
    return new Clause(name, ofAggregates, explosions, analytics, aliases, unreadable);
  }

  static Clause plain(String name, Map<String, Expression> unreadable) {
    return new Clause(name, null, null, null, Map.of(), unreadable);
  }
}
