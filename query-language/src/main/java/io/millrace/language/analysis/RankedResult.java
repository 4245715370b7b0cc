package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AnalyticNode.RankColumn;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.Ranking;
import io.millrace.language.plan.SortColumn;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a query with rankings in another order than that of ROWTIME. What it selects is
 * computed below the ranking, once for each row: a row that fails is not ranked. What depends on
 * places is computed above.
 */
final class RankedResult {
  private final KeyedChanges input;
  private final List<RowExpression> partition;
  private final RankOrder order;
  private final Map<Integer, ColumnReference> marks;
  private final Map<Integer, Ranking> rankings;
  private final ComputedBelow below;

  /**
   * @param input the rows, with the columns of their key if they are changes
   * @param marks the columns that stand for rankings until there is a plan, by their numbers
   * @param rankings which rankings these are
   */
  RankedResult(
      KeyedChanges input,
      List<RowExpression> partition,
      RankOrder order,
      Map<Integer, ColumnReference> marks,
      Map<Integer, Ranking> rankings) {
    this.input = input;
    this.partition = partition;
    this.order = order;
    this.marks = marks;
    this.rankings = rankings;
    this.below = new ComputedBelow(marks);
  }

  PlanNode plan(Optional<RowExpression> qualify, List<ResultColumn> columns) {
    RankBounds bounds = RankBounds.of(qualify, rankings);
    List<RowExpression> values = columns.stream().map(ResultColumn::expression).toList();
    List<RowExpression> results = new ArrayList<>();
    for (ResultColumn column : columns) {
      results.add(below.result(column.expression(), column.name()));
    }
    List<RowExpression> rest = bounds.rest().stream().map(below::onlyMarks).toList();
    List<Integer> keys = below.keys(partition);
    List<SortColumn> sorted = below.order(order);
    List<ColumnReference> rowKey = rowKey(input);
    List<Integer> rowKeys =
        rowKey.stream().map(key -> below.column(key, key.name()).index()).toList();
    Map<Integer, ColumnReference> places = new HashMap<>();
    List<RankColumn> wanted = wanted(results, rest, places);
    boolean hasRowKey = !rowKey.isEmpty() && values.containsAll(rowKey);
    boolean isByNumber =
        selectsNumber(values)
            || (!hasRowKey && bounds.wantsFirstOnly() && values.containsAll(partition));
    PlanNode rows = below.over(input.plan());
    RankNode ranked =
        new RankNode(rows, keys, sorted, wanted, bounds.bounds(), isByNumber, rowKeys);
    PlanNode kept = ranked;
    if (!rest.isEmpty()) {
      List<RowExpression> terms = rest.stream().map(term -> placed(term, places)).toList();
      kept = new FilterNode(ranked, terms.size() == 1 ? terms.get(0) : new Logical(true, terms));
    }
    List<NamedExpression> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      shown.add(new NamedExpression(columns.get(i).name(), placed(results.get(i), places)));
    }
    return isByNumber || hasRowKey
        ? new ProjectNode(kept, shown)
        : wholeRows(kept, ranked.keyColumns(), shown);
  }

  /** The columns of the key of a change log; none of other rows. */
  static List<ColumnReference> rowKey(KeyedChanges changes) {
    Schema schema = changes.plan().schema();
    return changes.keys().stream()
        .map(column -> new ColumnReference(column, schema.type(column), schema.name(column)))
        .toList();
  }

  /**
   * Tells rows apart by what is shown of them.
   *
   * @param keys the columns that tell the changes apart
   */
  static PlanNode wholeRows(PlanNode changes, List<Integer> keys, List<NamedExpression> shown) {
    Schema schema = changes.schema();
    List<NamedExpression> columns = new ArrayList<>(shown);
    for (int key : keys) {
      String name = schema.name(key);
      columns.add(
          new NamedExpression(
              "key_" + (columns.size() + 1), new ColumnReference(key, schema.type(key), name)));
    }
    return new WholeRowsNode(new ProjectNode(changes, columns), shown.size());
  }

  private boolean selectsNumber(List<RowExpression> values) {
    return values.stream()
        .anyMatch(
            value ->
                value instanceof ColumnReference column
                    && rankings.get(column.index()) == Ranking.ROW_NUMBER);
  }

  /** The rankings that are read, in the order in which they are written. */
  private List<RankColumn> wanted(
      List<RowExpression> results,
      List<RowExpression> conditions,
      Map<Integer, ColumnReference> places) {
    Set<Integer> read = new HashSet<>();
    results.forEach(result -> collectMarks(result, read));
    conditions.forEach(condition -> collectMarks(condition, read));
    List<RankColumn> wanted = new ArrayList<>();
    for (Map.Entry<Integer, ColumnReference> mark : marks.entrySet()) {
      Ranking ranking = rankings.get(mark.getKey());
      if (ranking != null && read.contains(mark.getKey())) {
        int column = below.size() + wanted.size();
        String name = below.unusedName(mark.getValue().name());
        wanted.add(new RankColumn(name, ranking));
        places.put(mark.getKey(), new ColumnReference(column, DataType.BIGINT, name));
      }
    }
    return wanted;
  }

  private void collectMarks(RowExpression expression, Set<Integer> read) {
    if (expression instanceof ColumnReference column && marks.containsKey(column.index())) {
      read.add(column.index());
    }
    expression.operands().forEach(operand -> collectMarks(operand, read));
  }

  /** The expression with columns in place of the marks. */
  static RowExpression placed(RowExpression expression, Map<Integer, ColumnReference> places) {
    return ExpressionRebuilder.topDown(
        expression, part -> part instanceof ColumnReference mark ? places.get(mark.index()) : null);
  }
}
