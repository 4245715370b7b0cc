package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.WindowBounds;
import io.millrace.spi.types.Schema;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the plan of a table by another key than that of its query: changes become rows, each of
 * which takes the one back that it replaces, and of those of one key of the table the newest is its
 * row. What is the key in the query tells rows apart that are equal else, so those of its columns
 * that the table does not have, or only rounded, are carried as far as that.
 *
 * <pre>
 * CREATE TABLE t (a STRING PRIMARY KEY, n BIGINT); INSERT INTO t SELECT a, count(*) … GROUP BY a, b
 *
 *   Project [a, n]
 *     Newest by key a
 *       With what they replace, by a, b
 *         Project [a, count_1 AS n, b]
 *           Aggregate by a, b [count(*)]
 * </pre>
 *
 * @param changes what the query gives, with all columns of its key
 */
record RekeyedTable(StreamDeclaration target, KeyedChanges changes) {
  /**
   * The plan.
   *
   * @param fitted a value for each column of the table; none if they are the first ones of the
   *     query as they are
   * @param places for each column of the table that of the query, -1 for NULL
   */
  PlanNode plan(List<NamedExpression> fitted, int[] places) {
    int width = target.schema().size();
    PlanNode rows = new ReplacedRowsNode(changes.plan(), changes.keys());
    List<Integer> carried =
        changes.keys().stream().filter(key -> !has(rows.schema(), key, places)).toList();
    PlanNode fitting = rows;
    if (!fitted.isEmpty() || rows.schema().size() > width) {
      List<NamedExpression> columns =
          new ArrayList<>(
              fitted.isEmpty()
                  ? NamedExpression.columnsFrom(rows.schema(), 0).subList(0, width)
                  : fitted);
      carried.forEach(key -> columns.add(carried(rows.schema(), key, columns)));
      fitting = new ProjectNode(rows, columns);
    }
    NewestByKeyNode.Newest newest =
        WindowBounds.areOf(changes.plan())
            ? NewestByKeyNode.Newest.BY_TIME
            : NewestByKeyNode.Newest.BY_ARRIVAL;
    return ProjectNode.first(
        new NewestByKeyNode(fitting, target.keyColumns(), false, newest), width);
  }

  /** Whether a column of the table tells the values of one of the query apart. */
  private boolean has(Schema rows, int key, int[] places) {
    return IntStream.range(0, places.length)
        .anyMatch(
            column ->
                places[column] == key
                    && Widening.keepsApart(rows.type(key), target.schema().type(column)));
  }

  private static NamedExpression carried(Schema schema, int column, List<NamedExpression> beside) {
    String name = KeyedChanges.unusedName(schema.name(column), beside);
    return new NamedExpression(
        name, new ColumnReference(column, schema.type(column), schema.name(column)));
  }
}
