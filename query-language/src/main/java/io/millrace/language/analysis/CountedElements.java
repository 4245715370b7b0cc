package io.millrace.language.analysis;

import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements below a window that counts the rows that have them, or finds these late: each element is
 * a row, and behind those of a row comes the row itself. What the select list computes of a row
 * alone, and the arrays, is computed before, so that a row that fails is not counted; what reads
 * elements, of each of them.
 *
 * <p>The rows have the columns of the input first, at their places.
 */
final class CountedElements {
  private static final String NUMBER = "element_number";
  private final Explosions explosions;

  /** What is computed of rows: the columns of the input, then others. */
  private final List<NamedExpression> ofRows;

  /** What is computed of elements, over the rows that the explosion gives. */
  private final List<NamedExpression> ofElements = new ArrayList<>();

  private final List<ResultColumn> columns = new ArrayList<>();
  private final List<RowExpression> partition;
  private final PlanNode rows;

  /**
   * @param input rows in the order in which they enter the window; what is wanted of late ones on
   *     top is left out
   * @param parts have explosions that are not faulty
   * @param partition what windows are kept apart by
   */
  CountedElements(PlanNode input, Parts parts, List<RowExpression> partition) {
    this.explosions = parts.explosions();
    this.ofRows = NamedExpression.columnsFrom(input.schema(), 0);
    List<RowExpression> simple = new ArrayList<>();
    for (ResultColumn column : parts.columns()) {
      RowExpression value = column.expression();
      boolean isOfRow = !explosions.areReadBy(value) && !WindowRows.readsWindow(value);
      simple.add(isOfRow ? ofRow(value) : value);
    }
    this.partition = partition.stream().map(this::ofRow).toList();
    List<NamedExpression> arrays = new ArrayList<>();
    for (NamedExpression array : explosions.arrays()) {
      arrays.add(new NamedExpression(array.name(), ofRow(array.expression())));
    }
    ExplodeNode exploded =
        Explosions.numbered(
                new ProjectNode(LateIntoAnalyzer.withoutLate(input), ofRows), arrays, NUMBER)
            .endingRows();
    ofElements.addAll(NamedExpression.columnsFrom(exploded.schema(), 0));
    for (int i = 0; i < simple.size(); i++) {
      RowExpression value = simple.get(i);
      RowExpression placed = explosions.areReadBy(value) ? ofElement(value) : value;
      columns.add(parts.columns().get(i).with(placed));
    }
    rows = new ProjectNode(exploded, ofElements);
  }

  /** The rows of elements, and the rows that have them. */
  PlanNode rows() {
    return rows;
  }

  /** The select list over {@link #rows}. */
  List<ResultColumn> columns() {
    return columns;
  }

  /** Which element a row is; 0 for the row that has had them. */
  ColumnReference number() {
    return new ColumnReference(ofRows.size() + explosions.arrays().size(), DataType.BIGINT, NUMBER);
  }

  /**
   * What windows are kept apart by, over {@link #rows}: with what the select list computes alike in
   * the columns of that.
   */
  List<RowExpression> partition() {
    return partition;
  }

  private RowExpression ofRow(RowExpression value) {
    return value instanceof ColumnReference || value instanceof Constant
        ? value
        : add(value, "computed", ofRows);
  }

  /**
   * What is computed of an element, and NULL in the row that has had them; what also reads the
   * window is computed when it is sent.
   */
  private RowExpression ofElement(RowExpression value) {
    RowExpression placed = explosions.placed(value, ofRows.size());
    if (placed instanceof ColumnReference || WindowRows.readsWindow(placed)) {
      return placed;
    }
    RowExpression isElement =
        new Comparison(ComparisonOperator.NOT_EQUAL, number(), new Constant(0L, DataType.BIGINT));
    return add(
        new Case(List.of(new Case.When(isElement, placed)), Constant.nullOf(placed.type())),
        "of_element",
        ofElements);
  }

  /** Equal values are computed once, but for those that differ from time to time. */
  private static ColumnReference add(
      RowExpression value, String name, List<NamedExpression> columns) {
    int place =
        value.isDeterministic()
            ? columns.stream().map(NamedExpression::expression).toList().indexOf(value)
            : -1;
    if (place < 0) {
      place = columns.size();
      columns.add(new NamedExpression(name + "_" + (place + 1), value));
    }
    return new ColumnReference(place, value.type(), columns.get(place).name());
  }
}
