package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** A column of a result. */
public record NamedExpression(String name, RowExpression expression) {

  /** A column that is called as what it is: the name of a column, or the text of an expression. */
  public static NamedExpression of(RowExpression expression) {
    return new NamedExpression(
        expression instanceof ColumnReference column
            ? column.name()
            : ExpressionPrinter.print(expression),
        expression);
  }

  /** The columns of rows from an index on, as they are; a list of its own. */
  public static List<NamedExpression> columnsFrom(Schema schema, int first) {
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = first; i < schema.size(); i++) {
      String name = schema.name(i);
      columns.add(new NamedExpression(name, new ColumnReference(i, schema.type(i), name)));
    }
    return columns;
  }
}
