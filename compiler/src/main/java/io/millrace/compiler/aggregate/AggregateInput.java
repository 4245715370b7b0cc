package io.millrace.compiler.aggregate;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import org.jspecify.annotations.Nullable;

/**
 * The values that an aggregate takes: those of a column that are not NULL, in rows for which a
 * condition is true.
 *
 * @param column the index of the column among the arguments; -1 for all rows, as {@code count(*)}
 *     takes them
 * @param type the type of the column; BOOLEAN if there is none
 * @param filter the index of the BOOLEAN column of the condition, or -1
 * @param name the column's name, for messages
 */
record AggregateInput(int column, DataType type, int filter, String name) {

  static AggregateInput of(AggregateCall call) {
    int filter = call.filter() == null ? -1 : column(call.filter()).index();
    if (call.arguments().isEmpty()) {
      return new AggregateInput(-1, DataType.BOOLEAN, filter, "*");
    }
    ColumnReference column = column(call.arguments().get(0));
    return new AggregateInput(column.index(), column.type(), filter, column.name());
  }

  private static ColumnReference column(@Nullable RowExpression expression) {
    if (expression instanceof ColumnReference column) {
      return column;
    }
    throw new IllegalArgumentException("an aggregate's argument is no column: " + expression);
  }

  boolean takesAllRows() {
    return column < 0 && filter < 0;
  }

  /** How the fields of this input are called in a snapshot. */
  String label() {
    return (column < 0 ? "*" : Integer.toString(column)) + (filter < 0 ? "" : " if " + filter);
  }

  Layout layout() {
    return type.layout();
  }
}
