package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.AnalyticNode.RankColumn;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyColumns;
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
  private static final String ROWTIME = "row_time";

  private final PlanNode input;
  private final List<RowExpression> partition;
  private final RankOrder order;
  private final Map<Integer, ColumnReference> marks;
  private final Map<Integer, Ranking> rankings;
  private final List<NamedExpression> below = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * @param marks the columns that stand for rankings until there is a plan, by their numbers
   * @param rankings which rankings these are
   */
  RankedResult(
      PlanNode input,
      List<RowExpression> partition,
      RankOrder order,
      Map<Integer, ColumnReference> marks,
      Map<Integer, Ranking> rankings) {
    this.input = input;
    this.partition = partition;
    this.order = order;
    this.marks = marks;
    this.rankings = rankings;
  }

  PlanNode plan(Optional<RowExpression> qualify, List<ResultColumn> columns) {
    RankBounds bounds = RankBounds.of(qualify, rankings);
    List<RowExpression> values = columns.stream().map(ResultColumn::expression).toList();
    List<RowExpression> results = new ArrayList<>();
    for (ResultColumn column : columns) {
      RowExpression value = column.expression();
      results.add(readsMark(value) ? onlyMarks(value) : below(value, column.name()));
    }
    List<RowExpression> rest = bounds.rest().stream().map(this::onlyMarks).toList();
    List<Integer> keys =
        partition.stream().map(key -> below(key, nameOf(key, "key")).index()).toList();
    List<SortColumn> sorted =
        order.items().stream()
            .map(
                item ->
                    new SortColumn(
                        below(item.expression(), nameOf(item.expression(), "order")).index(),
                        item.isDescending(),
                        item.nullsFirst()))
            .toList();
    List<ColumnReference> rowKey = rowKey();
    List<Integer> rowKeys = rowKey.stream().map(key -> below(key, key.name()).index()).toList();
    Map<Integer, ColumnReference> places = new HashMap<>();
    List<RankColumn> wanted = wanted(results, rest, places);
    boolean hasRowKey = !rowKey.isEmpty() && values.containsAll(rowKey);
    boolean isByNumber =
        selectsNumber(values)
            || (!hasRowKey && bounds.wantsFirstOnly() && values.containsAll(partition));
    PlanNode rows = new ProjectNode(input, below);
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
    return isByNumber || hasRowKey ? new ProjectNode(kept, shown) : wholeRows(kept, ranked, shown);
  }

  /** The columns of the key of a change log; none of other rows. */
  private List<ColumnReference> rowKey() {
    List<ColumnReference> key = new ArrayList<>();
    if (input.isChangelog()) {
      Schema schema = input.schema();
      for (int column : KeyColumns.of(input, true).columns()) {
        key.add(new ColumnReference(column, schema.type(column), schema.name(column)));
      }
    }
    return key;
  }

  /** Tells rows apart by what is shown of them. */
  private static PlanNode wholeRows(PlanNode kept, RankNode ranked, List<NamedExpression> shown) {
    Schema schema = ranked.schema();
    List<NamedExpression> columns = new ArrayList<>(shown);
    for (int key : ranked.keyColumns()) {
      String name = schema.name(key);
      columns.add(
          new NamedExpression(
              "key_" + (columns.size() + 1), new ColumnReference(key, schema.type(key), name)));
    }
    return new WholeRowsNode(new ProjectNode(kept, columns), shown.size());
  }

  private boolean selectsNumber(List<RowExpression> values) {
    return values.stream()
        .anyMatch(
            value ->
                value instanceof ColumnReference column
                    && rankings.get(column.index()) == Ranking.ROW_NUMBER);
  }

  private boolean readsMark(RowExpression expression) {
    return (expression instanceof ColumnReference column && marks.containsKey(column.index()))
        || expression.operands().stream().anyMatch(this::readsMark);
  }

  /** The expression with columns below in place of all but the marks. */
  private RowExpression onlyMarks(RowExpression expression) {
    return ExpressionRebuilder.topDown(
        expression,
        part -> {
          if (part instanceof ColumnReference column) {
            return marks.containsKey(column.index()) ? column : below(column, column.name());
          }
          return part instanceof RowtimeReference ? below(part, ROWTIME) : null;
        });
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
        String name = unusedName(mark.getValue().name());
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

  private static RowExpression placed(
      RowExpression expression, Map<Integer, ColumnReference> places) {
    return ExpressionRebuilder.topDown(
        expression, part -> part instanceof ColumnReference mark ? places.get(mark.index()) : null);
  }

  private static String nameOf(RowExpression expression, String otherwise) {
    return expression instanceof ColumnReference column
        ? column.name()
        : expression instanceof RowtimeReference ? ROWTIME : otherwise;
  }

  /** The column below of an expression; equal ones share one. */
  private ColumnReference below(RowExpression expression, String name) {
    int place = 0;
    while (place < below.size()
        && !(expression.isDeterministic() && below.get(place).expression().equals(expression))) {
      place++;
    }
    if (place == below.size()) {
      below.add(new NamedExpression(unusedName(name), expression));
    }
    return new ColumnReference(place, expression.type(), below.get(place).name());
  }

  private String unusedName(String wanted) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
