package io.millrace.language.rewrite;

import io.millrace.language.expression.RowExpression;

/** A change of one expression whose operands have been changed already. */
interface ExpressionRule {
  /**
   * An expression of the same type with the same value, or failure, for every row; the same
   * instance where the rule does not fire.
   */
  RowExpression apply(RowExpression expression);
}
