package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import java.util.List;

/**
 * That rows of a stream take others back.
 *
 * @param columns those that say the kind of each row
 * @param ofKind those that are made of the kind of their row, among them {@code columns}
 * @param unsteady those that differ between a row and what takes it back, among them {@code ofKind}
 * @param hasUnsteadyTime whether their times do, too
 */
public record RowKinds(
    List<Integer> columns, List<Integer> ofKind, List<Integer> unsteady, boolean hasUnsteadyTime) {
  /** The name of the column that says the kind of a row. */
  public static final String ROW_KIND = "ROW_KIND";

  /** Of rows without a column that differs from one to what takes it back. */
  public static final RowKinds STEADY = new RowKinds(List.of(), List.of(), List.of(), false);

  /** As {@link #STEADY}, where what takes a row back has the time at which it does so. */
  static final RowKinds OF_LATER_TIME = new RowKinds(List.of(), List.of(), List.of(), true);

  public RowKinds {
    columns = List.copyOf(columns);
    ofKind = List.copyOf(ofKind);
    unsteady = List.copyOf(unsteady);
  }

  /** Whether an expression over such rows may say another thing of a row when it is taken back. */
  public boolean makesUnsteady(RowExpression expression) {
    return !expression.isDeterministic()
        || reads(expression, unsteady)
        || makesOfUnsteadyTime(expression);
  }

  /** Whether an expression is made of the time of its row, which differs so. */
  public boolean makesOfUnsteadyTime(RowExpression expression) {
    return hasUnsteadyTime
        && (expression instanceof RowtimeReference
            || expression.operands().stream().anyMatch(this::makesOfUnsteadyTime));
  }

  /** Whether an expression over such rows is made of their kind. */
  boolean makesOfKind(RowExpression expression) {
    return reads(expression, ofKind);
  }

  private static boolean reads(RowExpression expression, List<Integer> wanted) {
    return expression instanceof ColumnReference column
        ? wanted.contains(column.index())
        : expression instanceof RowKindReference
            || expression.operands().stream().anyMatch(operand -> reads(operand, wanted));
  }
}
