package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.spi.error.Span;
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

  static List<NamedExpression> named(List<ResultColumn> columns) {
    return columns.stream().map(c -> new NamedExpression(c.name(), c.expression())).toList();
  }
}
