package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a query an expression stands, and what it may hold there beside columns.
 *
 * @param name the place, as messages name it: {@code WHERE}
 * @param grouping takes the aggregates; null where none may stand
 * @param explosions takes EXPLODE; null where it may not stand
 * @param analytics takes the analytic functions; null where none may stand
 * @param aliases result columns by name in lower case, which go after the columns
 * @param unreadable names in lower case of result columns that are not known here yet
 */
record Clause(
    String name,
    @Nullable Grouping grouping,
    @Nullable Explosions explosions,
    @Nullable Analytics analytics,
    Map<String, RowExpression> aliases,
    Set<String> unreadable) {

  static Clause plain(String name) {
    return plain(name, Set.of());
  }

  /** The same place, where aggregates may stand. */
  Clause withGrouping(Grouping ofAggregates) {
    return new Clause(name, ofAggregates, explosions, analytics, aliases, unreadable);
  }

  static Clause plain(String name, Set<String> unreadable) {
    return new Clause(name, null, null, null, Map.of(), unreadable);
  }
}
