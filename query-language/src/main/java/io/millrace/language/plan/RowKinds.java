package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import java.util.List;

/**
 * That rows of a stream take others back.
 *
 * @param columns those that say the kind of each row
 * @param unsteady those that differ between a row and what takes it back, among them {@code
 *     columns}
 */
public record RowKinds(List<Integer> columns, List<Integer> unsteady) {
  /** The name of the column that says the kind of a row. */
  public static final String ROW_KIND = "ROW_KIND";

  public RowKinds {
    columns = List.copyOf(columns);
    unsteady = List.copyOf(unsteady);
  }

  /** Whether an expression over such rows may say another thing of a row when it is taken back. */
  public boolean makesUnsteady(RowExpression expression) {
    return !expression.isDeterministic() || reads(expression);
  }

  private boolean reads(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? unsteady.contains(column.index())
        : expression instanceof RowKindReference
            || expression.operands().stream().anyMatch(this::reads);
  }
}
