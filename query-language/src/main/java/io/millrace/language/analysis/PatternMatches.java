package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import java.util.List;

/**
 * What a query sees of the matches of a pattern.
 *
 * @param scope their columns
 * @param keys the values of PARTITION BY, which belongs to the pattern
 */
record PatternMatches(Scope scope, List<RowExpression> keys) {
  PatternMatches {
    keys = List.copyOf(keys);
  }
}
