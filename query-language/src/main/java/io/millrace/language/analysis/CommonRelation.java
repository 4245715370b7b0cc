package io.millrace.language.analysis;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A query of WITH, which is another one for groups than for rows by key: it is analyzed once for
 * each use that is made of it.
 */
final class CommonRelation {
  private final Function<FromQuery, AnalyzedRelation> analysis;
  private final Map<FromQuery, AnalyzedRelation> known = new EnumMap<>(FromQuery.class);

  CommonRelation(Function<FromQuery, AnalyzedRelation> analysis) {
    this.analysis = analysis;
  }

  /** The query as it is for a use. */
  AnalyzedRelation as(FromQuery use) {
    AnalyzedRelation relation = known.get(use);
    if (relation == null) {
      relation = analysis.apply(use);
      known.put(use, relation);
    }
    return relation;
  }

  /** Finds the errors of a query that nothing reads, too. */
  void analyzeUnread(FromQuery use) {
    if (known.isEmpty()) {
      as(use);
    }
  }
}
