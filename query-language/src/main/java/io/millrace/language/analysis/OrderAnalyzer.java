package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.NullOrder;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.ast.SortItem;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.SortColumn;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the columns of ORDER BY: result columns by name go before columns of the source. */
final class OrderAnalyzer {
  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;

  OrderAnalyzer(Reporter reporter, ExpressionAnalyzer expressions) {
    this.reporter = reporter;
    this.expressions = expressions;
  }

  /**
   * The columns to sort by.
   *
   * @param columns the result; what is sorted by beside it is added behind
   */
  List<SortColumn> analyze(List<SortItem> items, List<ResultColumn> columns) {
    List<SortColumn> order = new ArrayList<>();
    int visible = columns.size();
    for (SortItem item : items) {
      int column = find(item.expression(), columns.subList(0, visible));
      if (column < 0) {
        column = add(item, columns);
      }
      order.add(new SortColumn(column, item.isDescending(), nullsFirst(item)));
    }
    return order;
  }

  /**
   * As {@link #analyze(List, List)}; rows of values that are sent once have only these to be sorted
   * by.
   */
  List<SortColumn> analyze(List<SortItem> items, List<ResultColumn> columns, boolean isDistinct) {
    int visible = columns.size();
    List<SortColumn> order = analyze(items, columns);
    if (isDistinct && columns.size() > visible) {
      reporter.error(
          "bad-order",
          items.get(0).span(),
          "SELECT DISTINCT is sorted by columns of its select list only");
    }
    return order;
  }

  /** Whether NULL comes before all values: as the greatest of them, unless it is said. */
  static boolean nullsFirst(SortItem item) {
    return item.nullOrder() == NullOrder.UNSTATED
        ? item.isDescending()
        : item.nullOrder() == NullOrder.FIRST;
  }

  /** How many rows are left out in front. */
  static long offset(OrderClause order) {
    IntegerLiteral offset = order.offset();
    return offset == null ? 0 : count(offset);
  }

  /** How many rows are kept at most. */
  static OptionalLong limit(OrderClause order) {
    IntegerLiteral limit = order.limit();
    return limit == null ? OptionalLong.empty() : OptionalLong.of(count(limit));
  }

  private static long count(IntegerLiteral literal) {
    return literal.value().min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private static int find(Expression expression, List<ResultColumn> columns) {
    if (expression instanceof NameExpression name) {
      for (int i = 0; i < columns.size(); i++) {
        if (name.name().matches(columns.get(i).name())) {
          return i;
        }
      }
    }
    return -1;
  }

  private int add(SortItem item, List<ResultColumn> columns) {
    Expression expression = item.expression();
    RowExpression value = expressions.analyze(expression);
    if (expression instanceof IntegerLiteral) {
      reporter.error(
          "bad-order",
          expression.span(),
          "ORDER BY takes expressions, not positions",
          "name the column");
    } else if (!OperatorAnalyzer.hasOrder(value.type())) {
      reporter.error(
          "type-mismatch",
          expression.span(),
          "values of type " + value.type().sql() + " have no order");
    }
    columns.add(new ResultColumn("order_" + (columns.size() + 1), value, expression.span()));
    return columns.size() - 1;
  }
}
