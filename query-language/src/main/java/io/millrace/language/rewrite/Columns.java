package io.millrace.language.rewrite;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import java.util.BitSet;
import java.util.List;

/** Which columns expressions read, and how they are exchanged for others. */
final class Columns {
  private Columns() {}

  /** Adds the indexes of the columns that the expression reads. */
  static void collect(RowExpression expression, BitSet into) {
    if (expression instanceof ColumnReference column) {
      into.set(column.index());
    }
    for (RowExpression operand : expression.operands()) {
      collect(operand, into);
    }
  }

  static BitSet of(RowExpression expression) {
    BitSet columns = new BitSet();
    collect(expression, columns);
    return columns;
  }

  /** How often the expression reads each of {@code count} columns. */
  static void countReads(RowExpression expression, int[] counts) {
    if (expression instanceof ColumnReference column) {
      counts[column.index()]++;
    }
    for (RowExpression operand : expression.operands()) {
      countReads(operand, counts);
    }
  }

  /** The expression with each column replaced by what a projection below computes for it. */
  static RowExpression substitute(RowExpression expression, List<NamedExpression> below) {
    return ExpressionRebuilder.topDown(
        expression,
        e -> e instanceof ColumnReference column ? below.get(column.index()).expression() : null);
  }

  /** The expression with the columns at their new places. */
  static RowExpression move(RowExpression expression, int[] places) {
    return ExpressionRebuilder.topDown(
        expression,
        e ->
            e instanceof ColumnReference column && places[column.index()] != column.index()
                ? new ColumnReference(places[column.index()], column.type(), column.name())
                : null);
  }

  /** Whether evaluating the expression twice costs nothing. */
  static boolean isTrivial(RowExpression expression) {
    return expression instanceof ColumnReference || expression instanceof Constant;
  }
}
