package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A select list of rows that a window takes: what it computes of a row alone, and the arrays of
 * EXPLODE, is computed when the row comes, so that one that fails enters no window; the elements,
 * and what reads them, when it is sent.
 */
final class ExplodedRows {
  private final Explosions explosions;
  private final List<ResultColumn> columns;

  /** What is kept of each row. */
  private final List<NamedExpression> kept = new ArrayList<>();

  /** The result over {@link #kept}, with elements as the select list has them. */
  private final List<NamedExpression> results = new ArrayList<>();

  ExplodedRows(Parts parts) {
    explosions = parts.explosions();
    columns = parts.columns();
    if (explosions.isEmpty()) {
      kept.addAll(ResultColumn.named(columns));
      return;
    }
    for (ResultColumn column : columns) {
      results.add(new NamedExpression(column.name(), keep(column.expression())));
    }
    for (NamedExpression array : explosions.arrays()) {
      kept.add(array);
    }
  }

  /** What is kept of each row. */
  List<NamedExpression> kept() {
    return kept;
  }

  /** The rows that are sent, of rows with what is kept. */
  PlanNode over(PlanNode rows) {
    if (explosions.isEmpty()) {
      return rows;
    }
    if (explosions.areFaulty()) {
      return new ProjectNode(rows, results);
    }
    int first = kept.size() - explosions.arrays().size();
    List<NamedExpression> arrays = new ArrayList<>();
    for (int i = first; i < kept.size(); i++) {
      NamedExpression array = kept.get(i);
      arrays.add(
          new NamedExpression(
              array.name(), new ColumnReference(i, array.expression().type(), array.name())));
    }
    PlanNode elements = Explosions.explode(rows, arrays);
    List<NamedExpression> placed =
        results.stream()
            .map(
                result ->
                    new NamedExpression(
                        result.name(), explosions.placed(result.expression(), kept.size())))
            .toList();
    return new ProjectNode(elements, placed);
  }

  /** A reference to what is kept; the parts of an expression that read an element stay. */
  private RowExpression keep(RowExpression expression) {
    if (expression instanceof Constant) {
      return expression;
    }
    return explosions.areReadBy(expression)
        ? ExpressionRebuilder.topDown(expression, this::keepColumn)
        : reference(expression);
  }

  private @Nullable RowExpression keepColumn(RowExpression part) {
    boolean isOfRow = part instanceof ColumnReference || part instanceof RowtimeReference;
    if (!isOfRow) {
      return null;
    }
    return explosions.areReadBy(part) ? part : reference(part);
  }

  private ColumnReference reference(RowExpression value) {
    String name = "row_" + (kept.size() + 1);
    kept.add(new NamedExpression(name, value));
    return new ColumnReference(kept.size() - 1, value.type(), name);
  }
}
