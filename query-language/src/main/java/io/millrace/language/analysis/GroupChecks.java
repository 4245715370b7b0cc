package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.expression.RowExpression;
import java.util.List;
import java.util.Optional;

/** Checks that what a query with groups says of them goes with how they are sent. */
final class GroupChecks {
  private final Reporter reporter;
  private final Parts parts;

  GroupChecks(Reporter reporter, Parts parts) {
    this.reporter = reporter;
    this.parts = parts;
  }

  /** Refuses HAVING where there are no groups. */
  void refuseHaving() {
    Expression having = parts.select().having();
    if (having != null) {
      reporter.error(
          "misplaced-having",
          having.span(),
          "HAVING needs an aggregate or GROUP BY",
          "rows are filtered with WHERE");
    }
  }

  /**
   * Checks that HAVING goes with what is sent.
   *
   * @param condition what it says of groups
   */
  void checkHaving(Optional<RowExpression> condition) {
    Expression having = parts.select().having();
    if (having != null && condition.isPresent()) {
      boolean isOfKind = parts.having().filter(parts.grouping()::readsRowKind).isPresent();
      new EmissionAnalyzer(reporter)
          .checkHaving(parts.grouping(), isOfKind, condition.get(), having.span());
    }
  }

  /** Refuses HAVING of elements. */
  void checkExploded() {
    Explosions explosions = parts.explosions();
    Expression having = parts.select().having();
    if (having != null
        && !explosions.isEmpty()
        && parts.having().filter(explosions::areReadBy).isPresent()) {
      reporter.error(
          "misplaced-explode",
          having.span(),
          "HAVING is about groups, and EXPLODE makes rows of them behind it",
          "filter the rows of a query in FROM with WHERE");
    }
  }

  /** Of a table the set of keys is part of the key. */
  void checkSets(Purpose purpose, GroupingSets sets, List<ResultColumn> results, int set) {
    if (purpose == Purpose.TABLE && sets.areSeveral()) {
      sets.checkTable(reporter, parts.select().groupBy().get(0).span(), results, set);
    }
  }
}
