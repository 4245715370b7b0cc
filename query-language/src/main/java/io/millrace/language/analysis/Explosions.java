package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The arrays of EXPLODE in one select list; they become columns behind those of the input. */
final class Explosions {
  /** Elements of arrays of groups, until it is known how many columns these have. */
  private static final int OF_GROUPS = 1 << 23;

  private final int inputWidth;
  private final List<NamedExpression> arrays = new ArrayList<>();
  private Span span = Span.NONE;

  Explosions(int inputWidth) {
    this.inputWidth = inputWidth;
  }

  boolean isEmpty() {
    return arrays.isEmpty();
  }

  /** The element of the array in the rows that the explosion gives. */
  RowExpression add(RowExpression array, DataType element, Span place) {
    span = place;
    String name = "element_" + (arrays.size() + 1);
    arrays.add(new NamedExpression(name, array));
    return new ColumnReference(inputWidth + arrays.size() - 1, element, name);
  }

  List<NamedExpression> arrays() {
    return arrays;
  }

  /** Where the last of them stands. */
  Span span() {
    return span;
  }

  /** The rows that it makes; those of the input after a report. */
  PlanNode over(PlanNode input) {
    return areFaulty() ? input : explode(input, arrays);
  }

  /**
   * As {@link #over(PlanNode)}.
   *
   * @param areChanges whether the rows change by key, so that elements have their number in theirs
   */
  PlanNode over(PlanNode input, boolean areChanges) {
    return areChanges && !areFaulty() ? numbered(input, arrays, "element_number") : over(input);
  }

  boolean areFaulty() {
    return arrays.stream().anyMatch(array -> Reporter.isFaulty(array.expression()));
  }

  /** Whether a column is an element, of the rows that the explosion gives. */
  private boolean isElement(ColumnReference column) {
    int element = column.index() - inputWidth;
    return element >= 0
        && element < arrays.size()
        && column.name().equals(arrays.get(element).name());
  }

  /** Whether an expression reads an element. */
  boolean areReadBy(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? isElement(column)
        : expression.operands().stream().anyMatch(this::areReadBy);
  }

  /**
   * What makes rows of groups.
   *
   * @param rewriting of expressions over rows to such over groups
   */
  Explosions ofGroups(UnaryOperator<RowExpression> rewriting) {
    Explosions result = new Explosions(OF_GROUPS);
    for (NamedExpression array : arrays) {
      result.arrays.add(new NamedExpression(array.name(), rewriting.apply(array.expression())));
    }
    result.span = span;
    return result;
  }

  /** An element as {@link #ofGroups} marks it; empty for any other column. */
  Optional<ColumnReference> findMarked(ColumnReference column) {
    return isElement(column)
        ? Optional.of(
            new ColumnReference(
                OF_GROUPS + column.index() - inputWidth, column.type(), column.name()))
        : Optional.empty();
  }

  /**
   * Columns over the rows that {@link #over} gives.
   *
   * @param marked over groups, with elements as {@link #findMarked} gives them
   */
  List<ResultColumn> placed(List<ResultColumn> marked, PlanNode groups) {
    int width = groups.schema().size();
    return marked.stream().map(c -> c.with(placed(c.expression(), width))).toList();
  }

  /** An expression over the rows that an explosion of rows so wide gives. */
  RowExpression placed(RowExpression marked, int width) {
    return ExpressionRebuilder.topDown(
        marked,
        part -> {
          if (!(part instanceof ColumnReference column) || !isElement(column)) {
            return null;
          }
          return areFaulty()
              ? Reporter.faulty()
              : new ColumnReference(
                  column.index() - inputWidth + width, column.type(), column.name());
        });
  }

  /** The node that gives the columns of the input, then an element of each array. */
  static ExplodeNode explode(PlanNode input, List<NamedExpression> arrays) {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    for (NamedExpression array : arrays) {
      DataType.Array type = (DataType.Array) array.expression().type();
      fields.add(new Field(array.name(), type.element()));
    }
    return new ExplodeNode(input, arrays, false, new Schema(fields));
  }

  /** As {@link #explode}, with the number of each element behind them. */
  static ExplodeNode numbered(PlanNode input, List<NamedExpression> arrays, String name) {
    List<Field> fields = new ArrayList<>(explode(input, arrays).schema().fields());
    fields.add(new Field(name, DataType.BIGINT));
    return new ExplodeNode(input, arrays, true, new Schema(fields));
  }
}
