package io.millrace.language.analysis;

import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * WHERE over what a window holds: all rows enter, and whether a row is wanted is one more column,
 * by which groups are told apart. Groups of unwanted rows are dropped above the window, and what is
 * computed of these rows is NULL, so that it cannot fail.
 *
 * <pre>
 * SELECT k, sum(10 / v) FROM w WHERE v &gt; 0 GROUP BY k
 *
 *   Filter [wanted]
 *     Aggregate by k, wanted [sum(CASE WHEN wanted THEN 10 / v END)]
 *       Project [k, v, v &gt; 0 AS wanted]
 *         Scan [w]
 * </pre>
 *
 * @param wanted the column, in the rows that enter
 */
record ContentsFilter(ColumnReference wanted) {
  private static final String NAME = "wanted";

  /** The rows with what says whether they are wanted behind their columns. */
  static ProjectNode mark(PlanNode rows, RowExpression condition) {
    List<NamedExpression> columns = NamedExpression.columnsFrom(rows.schema(), 0);
    columns.add(new NamedExpression(NAME, condition));
    return new ProjectNode(rows, columns);
  }

  /** The filter of rows that have been marked. */
  static ContentsFilter of(ProjectNode marked) {
    int last = marked.schema().size() - 1;
    return new ContentsFilter(new ColumnReference(last, DataType.BOOLEAN, NAME));
  }

  /** The column, as a key of groups. */
  NamedExpression column() {
    return new NamedExpression(NAME, wanted);
  }

  /** The wanted ones of the rows that enter. */
  PlanNode over(PlanNode rows) {
    return new FilterNode(rows, wanted);
  }

  /**
   * The wanted ones of late rows.
   *
   * @param place of the column
   */
  FilterNode overLate(PlanNode late, int place) {
    return new FilterNode(late, new ColumnReference(place, DataType.BOOLEAN, NAME));
  }

  /** The same groups, with what can fail computed of wanted rows only. */
  AggregateNode guarded(AggregateNode groups) {
    return new AggregateNode(
        groups.input(),
        groups.window(),
        groups.partitionKeys(),
        guarded(groups.groupKeys()),
        groups.aggregates().stream().map(call -> call.mapped(this::guarded)).toList(),
        groups.carried(),
        groups.emission(),
        groups.schema());
  }

  /**
   * The groups of wanted rows; the column is their last key.
   *
   * @param intoTable whether a table keeps them, by the other keys alone
   */
  PlanNode overGroups(AggregateNode guarded, boolean intoTable) {
    int place = guarded.partitionKeys().size() + guarded.groupKeys().size() - 1;
    return intoTable
        ? new WantedGroupsNode(guarded, place)
        : new FilterNode(guarded, new ColumnReference(place, DataType.BOOLEAN, NAME));
  }

  /** The wanted ones of the rows that an aggregation without aggregates sends. */
  PlanNode overRows(AggregateNode rows) {
    List<NamedExpression> carried = new ArrayList<>(guarded(rows.carried()));
    carried.add(column());
    List<Field> fields = new ArrayList<>(rows.schema().fields());
    fields.add(new Field(NAME, DataType.BOOLEAN));
    AggregateNode guarded =
        new AggregateNode(
            rows.input(),
            rows.window(),
            rows.partitionKeys(),
            rows.groupKeys(),
            rows.aggregates(),
            carried,
            rows.emission(),
            new Schema(fields));
    return new FilterNode(guarded, new ColumnReference(fields.size() - 1, DataType.BOOLEAN, NAME));
  }

  private List<NamedExpression> guarded(List<NamedExpression> columns) {
    List<NamedExpression> guarded = new ArrayList<>();
    for (NamedExpression column : columns) {
      RowExpression value = column.expression();
      guarded.add(new NamedExpression(column.name(), value.canFail() ? guarded(value) : value));
    }
    return guarded;
  }

  /** What is NULL for unwanted rows; an aggregate of what cannot fail may fail itself. */
  private RowExpression guarded(RowExpression expression) {
    return expression instanceof Constant
        ? expression
        : new Case(List.of(new Case.When(wanted, expression)), Constant.nullOf(expression.type()));
  }
}
