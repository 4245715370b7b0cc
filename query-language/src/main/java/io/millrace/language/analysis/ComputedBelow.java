package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SortColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a query computes below analytic functions whose results change: once for each row, so that a
 * row that fails is not looked at. What reads the functions is computed above.
 */
final class ComputedBelow {
  private static final String ROWTIME = "row_time";

  private final Map<Integer, ColumnReference> marks;
  private final List<NamedExpression> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * @param marks the columns that stand for functions until there is a plan, by their numbers
   */
  ComputedBelow(Map<Integer, ColumnReference> marks) {
    this.marks = marks;
  }

  /** The rows of an input with what is computed. */
  PlanNode over(PlanNode input) {
    return new ProjectNode(input, columns);
  }

  int size() {
    return columns.size();
  }

  /** An expression over the columns below and the marks. */
  RowExpression result(RowExpression value, String name) {
    return readsMark(value) ? onlyMarks(value) : column(value, name);
  }

  private boolean readsMark(RowExpression expression) {
    return (expression instanceof ColumnReference column && marks.containsKey(column.index()))
        || expression.operands().stream().anyMatch(this::readsMark);
  }

  /** The expression with columns below in place of all but the marks. */
  RowExpression onlyMarks(RowExpression expression) {
    return ExpressionRebuilder.topDown(
        expression,
        part -> {
          if (part instanceof ColumnReference column) {
            return marks.containsKey(column.index()) ? column : column(column, column.name());
          }
          return part instanceof RowtimeReference ? column(part, ROWTIME) : null;
        });
  }

  /** The columns of keys. */
  List<Integer> keys(Collection<? extends RowExpression> keys) {
    return keys.stream().map(key -> column(key, nameOf(key, "key")).index()).toList();
  }

  List<SortColumn> order(RankOrder order) {
    return order.items().stream()
        .map(
            item ->
                new SortColumn(
                    column(item.expression(), nameOf(item.expression(), "order")).index(),
                    item.isDescending(),
                    item.nullsFirst()))
        .toList();
  }

  private static String nameOf(RowExpression expression, String otherwise) {
    return expression instanceof ColumnReference column
        ? column.name()
        : expression instanceof RowtimeReference ? ROWTIME : otherwise;
  }

  /** The column of an expression; equal ones share one. */
  ColumnReference column(RowExpression expression, String name) {
    int place = 0;
    while (place < columns.size()
        && !(expression.isDeterministic() && columns.get(place).expression().equals(expression))) {
      place++;
    }
    if (place == columns.size()) {
      columns.add(new NamedExpression(unusedName(name), expression));
    }
    return new ColumnReference(place, expression.type(), columns.get(place).name());
  }

  /** A name that no column has, and none will get. */
  String unusedName(String wanted) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
