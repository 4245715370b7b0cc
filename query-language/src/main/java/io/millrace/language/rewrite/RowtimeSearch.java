package io.millrace.language.rewrite;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;

/**
 * Looks for the event time of the row in an expression: an aggregate gives its rows other times.
 */
final class RowtimeSearch {
  private RowtimeSearch() {}

  static boolean finds(RowExpression expression) {
    if (expression instanceof RowtimeReference) {
      return true;
    }
    for (RowExpression operand : expression.operands()) {
      if (finds(operand)) {
        return true;
      }
    }
    return false;
  }
}
