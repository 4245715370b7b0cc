package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a select list.
 *
 * @param span where it is computed
 */
record ResultColumn(String name, RowExpression expression, Span span) {
  ResultColumn with(RowExpression other) {
    return new ResultColumn(name, other, span);
  }

  /**
   * Where expressions are among columns; those that are not there are added behind.
   *
   * @param prefix of the names of those that are added
   * @param span of those that are added
   */
  static List<Integer> places(
      List<RowExpression> wanted, List<ResultColumn> columns, String prefix, Span span) {
    List<Integer> places = new ArrayList<>();
    for (RowExpression expression : wanted) {
      List<RowExpression> there = columns.stream().map(ResultColumn::expression).toList();
      int place = there.indexOf(expression);
      if (place < 0) {
        place = columns.size();
        columns.add(new ResultColumn(prefix + (place + 1), expression, span));
      }
      places.add(place);
    }
    return places;
  }

  static List<NamedExpression> named(List<ResultColumn> columns) {
    return columns.stream().map(c -> new NamedExpression(c.name(), c.expression())).toList();
  }
}
