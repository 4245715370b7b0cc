package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The first rows in an order of columns, {@code rows} of them at most.
 *
 * @param columns at least one; NULL is the greatest value
 * @param descending for each of them whether the greatest values come first
 */
public record SortedWindow(long rows, List<RowExpression> columns, List<Boolean> descending)
    implements WindowSpec.Arriving {
  public SortedWindow {
    columns = List.copyOf(columns);
    descending = List.copyOf(descending);
  }

  @Override
  public List<RowExpression> expressions() {
    return columns;
  }

  @Override
  public WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
    return new SortedWindow(rows, columns.stream().map(change).toList(), descending);
  }

  @Override
  public <R> R accept(WindowVisitor<R> visitor) {
    return visitor.visitSorted(this);
  }
}
