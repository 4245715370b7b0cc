package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a select list over its filtered input: a projection, or groups with one. */
final class SelectAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Input input;
  private final Keys keys;
  private final boolean intoTable;
  private final EmissionAnalyzer emissions;

  /**
   * The filtered rows.
   *
   * @param isWindowFaulty whether there is a window whose error has been reported
   */
  record Input(PlanNode plan, Scope scope, WindowSpec window, boolean isWindowFaulty) {}

  /** The expressions of PARTITION BY and of GROUP BY. */
  record Keys(List<RowExpression> partition, List<RowExpression> group) {}

  SelectAnalyzer(AnalysisContext context, Input input, Keys keys, boolean intoTable) {
    this.context = context;
    this.reporter = context.reporter();
    this.input = input;
    this.keys = keys;
    this.intoTable = intoTable;
    this.emissions = new EmissionAnalyzer(reporter);
  }

  AnalyzedQuery analyze(Select select, @Nullable EmitClause emit, boolean needsNames) {
    Grouping grouping =
        new Grouping(input.window(), input.isWindowFaulty() || input.scope().isOpen());
    Explosions explosions = new Explosions(input.plan().schema().size());
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            context, input.scope(), new Clause("the select list", grouping, explosions, Map.of()));
    SelectListAnalyzer list = new SelectListAnalyzer(context, input.scope(), expressions);
    List<ResultColumn> columns = list.analyze(select.items());
    list.check(columns, needsNames);
    Optional<RowExpression> having = having(select.having(), grouping, columns);
    boolean isGrouped =
        !select.groupBy().isEmpty() || !grouping.isEmpty() || grouping.readsBounds();
    PlanNode plan =
        isGrouped
            ? grouped(select, emit, grouping, explosions, columns, having)
            : plain(select, emit, explosions, columns);
    boolean hasUnknown = columns.stream().anyMatch(c -> c.name().equals("*"));
    return new AnalyzedQuery(
        select.isDistinct() ? distinct(plan, select) : plan,
        columns.stream().map(ResultColumn::span).toList(),
        isGrouped || keys.partition().isEmpty() ? Optional.empty() : partition(columns),
        hasUnknown || (input.scope().isOpen() && hasStar(select)));
  }

  private static boolean hasStar(Select select) {
    return select.items().stream().anyMatch(item -> item instanceof SelectItem.Star);
  }

  /** The result columns that are the expressions of PARTITION BY. */
  private Optional<List<Integer>> partition(List<ResultColumn> columns) {
    List<RowExpression> values = columns.stream().map(ResultColumn::expression).toList();
    return Optional.of(keys.partition().stream().map(values::indexOf).filter(i -> i >= 0).toList());
  }

  /** HAVING may name result columns, after those of the source. */
  private Optional<RowExpression> having(
      @Nullable Expression having, Grouping grouping, List<ResultColumn> columns) {
    if (having == null) {
      return Optional.empty();
    }
    Map<String, RowExpression> aliases = new HashMap<>();
    for (ResultColumn column : columns) {
      aliases.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.expression());
    }
    Clause clause = new Clause("HAVING", grouping, null, aliases);
    RowExpression condition =
        new ExpressionAnalyzer(context, input.scope(), clause).condition(having, "HAVING");
    return Optional.of(condition);
  }

  private PlanNode plain(
      Select select, @Nullable EmitClause emit, Explosions explosions, List<ResultColumn> columns) {
    Expression having = select.having();
    if (having != null) {
      reporter.error(
          "misplaced-having",
          having.span(),
          "HAVING needs an aggregate or GROUP BY",
          "rows are filtered with WHERE");
    }
    if (input.window() instanceof WindowSpec.Tumbling) {
      reporter.unsupported(UnsupportedFeature.WINDOW_WITHOUT_AGGREGATE, select.span());
    }
    emissions.checkPlain(emit, input.window());
    if (!explosions.isEmpty() && input.plan().isChangelog()) {
      reporter.unsupported(UnsupportedFeature.EXPLODE_OF_TABLE, select.span());
    }
    PlanNode rows = explosions.isEmpty() ? input.plan() : explosions.over(input.plan());
    return new ProjectNode(rows, ResultColumn.named(columns));
  }

  private PlanNode distinct(PlanNode plan, Select select) {
    boolean hasWindow = !(input.window() instanceof WindowSpec.Unbounded);
    if (hasWindow) {
      reporter.unsupported(UnsupportedFeature.DISTINCT_IN_WINDOW, select.span());
    } else if (intoTable || plan.isChangelog()) {
      reporter.unsupported(UnsupportedFeature.DISTINCT_OF_TABLE, select.span());
    }
    return new DistinctNode(plan);
  }

  private PlanNode grouped(
      Select select,
      @Nullable EmitClause emit,
      Grouping grouping,
      Explosions explosions,
      List<ResultColumn> columns,
      Optional<RowExpression> having) {
    refuseUngroupable(select, explosions);
    List<NamedExpression> partitionKeys = named(keys.partition(), 0);
    List<NamedExpression> groupKeys =
        named(
            keys.group().stream().filter(key -> !keys.partition().contains(key)).toList(),
            partitionKeys.size());
    List<NamedExpression> allKeys = new ArrayList<>(partitionKeys);
    allKeys.addAll(groupKeys);
    GroupedExpressions rewriting =
        new GroupedExpressions(context, grouping, allKeys, !select.groupBy().isEmpty());
    List<ResultColumn> results = columns.stream().map(rewriting::rewrite).toList();
    Optional<RowExpression> condition = having.map(h -> rewriting.rewrite(h, select.span()));
    Emission emission = emissions.choose(emit, input.window(), intoTable);
    checkTable(select, results, grouping, allKeys.size());
    PlanNode groups =
        new AggregateNode(
            input.plan(),
            input.window(),
            partitionKeys,
            groupKeys,
            grouping.calls(),
            rewriting.carried(),
            emission,
            schema(grouping, allKeys, rewriting.carried()));
    PlanNode kept =
        condition
            .filter(c -> !Reporter.isFaulty(c))
            .<PlanNode>map(c -> new FilterNode(groups, c))
            .orElse(groups);
    return new ProjectNode(kept, ResultColumn.named(results));
  }

  private void refuseUngroupable(Select select, Explosions explosions) {
    if (!explosions.isEmpty()) {
      reporter.unsupported(
          UnsupportedFeature.EXPLODE_BESIDE_AGGREGATE,
          select.span(),
          "explode in a query in FROM, aggregate its rows");
    }
    if (input.plan().isChangelog()) {
      reporter.unsupported(UnsupportedFeature.AGGREGATE_OF_TABLE, select.span());
    }
  }

  /** A table keeps a row per key: of a closing window its start is part of it. */
  private void checkTable(
      Select select, List<ResultColumn> results, Grouping grouping, int keyCount) {
    if (!intoTable || input.isWindowFaulty()) {
      return;
    }
    if (input.window() instanceof WindowSpec.Length) {
      reporter.unsupported(UnsupportedFeature.TABLE_OVER_LENGTH, select.span());
    }
    int start = keyCount + grouping.calls().size();
    boolean selectsStart =
        results.stream()
            .anyMatch(c -> c.expression() instanceof ColumnReference r && r.index() == start);
    if (grouping.hasBounds() && !selectsStart) {
      reporter.unsupported(
          UnsupportedFeature.TABLE_WITHOUT_WINDOW_START,
          select.span(),
          "add WINDOW_START to the select list: it is part of the table's key");
    }
  }

  private static List<NamedExpression> named(List<RowExpression> keys, int from) {
    List<NamedExpression> named = new ArrayList<>();
    for (RowExpression key : keys) {
      String name =
          key instanceof ColumnReference column
              ? column.name()
              : "key_" + (from + named.size() + 1);
      named.add(new NamedExpression(name, key));
    }
    return named;
  }

  private static Schema schema(
      Grouping grouping, List<NamedExpression> keys, List<NamedExpression> carried) {
    List<Field> fields = new ArrayList<>();
    for (NamedExpression key : keys) {
      fields.add(new Field(key.name(), key.expression().type()));
    }
    for (AggregateCall call : grouping.calls()) {
      fields.add(new Field(call.name(), call.type()));
    }
    if (grouping.hasBounds()) {
      fields.add(new Field(Grouping.WINDOW_START, DataType.TIMESTAMP));
      fields.add(new Field(Grouping.WINDOW_END, DataType.TIMESTAMP));
    }
    for (NamedExpression column : carried) {
      fields.add(new Field(column.name(), column.expression().type()));
    }
    return new Schema(fields);
  }
}
