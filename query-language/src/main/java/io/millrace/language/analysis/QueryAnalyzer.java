package io.millrace.language.analysis;

import io.millrace.language.ast.CommonTable;
import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.PartitionClause;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.ast.TableAlias;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.JoinedEvents;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes plans of queries: FROM, WHERE, what the select list needs, and how rows are sent. */
final class QueryAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Streams streams;

  QueryAnalyzer(AnalysisContext context, Streams streams) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
  }

  /**
   * A query of a statement.
   *
   * @param intoTable whether its result is kept as a table
   * @param wanted what its columns are to be
   */
  AnalyzedQuery analyze(Query query, boolean intoTable, WantedColumns wanted) {
    return analyze(query, intoTable ? FromQuery.BY_KEY : FromQuery.EVENTS, wanted, Map.of());
  }

  /** A query inside another one. */
  AnalyzedQuery nested(Query query, FromQuery use, Map<String, CommonRelation> commonTables) {
    AnalyzedQuery result = analyze(query, use, WantedColumns.NAMED, commonTables);
    EmitClause emit = query.emit();
    if (emit != null && emit.mode() instanceof EmitMode.Changes && lacksKey(result.plan())) {
      reporter.error(
          "missing-key",
          emit.span(),
          "a table has a row for each key, and this query does not select the key of the rows of"
              + " its window",
          "select it, name another one with PARTITION BY, or group the rows");
    }
    return result;
  }

  /** Whether rows take the place of others by a key that is not all there. */
  private static boolean lacksKey(PlanNode node) {
    if (node instanceof NewestByKeyNode newest) {
      return newest.keys().isEmpty() || !KeyColumns.of(newest, true).isComplete();
    }
    return (node instanceof ProjectNode || node instanceof FilterNode)
        && lacksKey(node.inputs().get(0));
  }

  private AnalyzedQuery analyze(
      Query given, FromQuery use, WantedColumns wanted, Map<String, CommonRelation> commonTables) {
    Query asked = use.isOfTable() ? DistinctSessions.inFrom(given, new QueryShape(context)) : given;
    FromQuery from = from(asked.select(), use);
    RelationAnalyzer relations =
        new RelationAnalyzer(context, streams, this, from, false, commonTables);
    List<CommonRelation> common = addCommonTables(asked, from, relations);
    AnalyzedRelation source =
        PatternAnalyzer.findPattern(asked.select())
            .map(pattern -> new PatternAnalyzer(context, relations, pattern).analyze(asked))
            .orElseGet(() -> source(asked.select(), relations));
    common.forEach(query -> query.analyzeUnread(from));
    Optional<Query> events =
        use == FromQuery.EVERY_ROW
            ? new NestedRows(context).events(asked, source)
            : Optional.empty();
    Query written = events.orElse(asked);
    boolean intoTable = use.isOfTable() && events.isEmpty();
    boolean showsReplaced = intoTable && written.retracts();
    EmitClause emit = written.emit();
    if (!intoTable && emit != null && ReplacedRows.areWanted(emit, source)) {
      int before = reporter.errorCount();
      AnalyzedQuery changes =
          analyze(written.withoutRetractions(), source, Purpose.CHANGES, wanted);
      return new ReplacedRows(reporter, emit).of(changes, reporter.errorCount() == before);
    }
    Query query = showsReplaced ? written.withoutRetractions() : written;
    AnalyzedQuery result =
        analyze(query, source, intoTable ? Purpose.TABLE : Purpose.STREAM, wanted);
    return showsReplaced ? result.showingReplaced() : result;
  }

  /** What a query makes of the rows of the queries in its own FROM. */
  private FromQuery from(Select select, FromQuery use) {
    return use == FromQuery.BY_KEY && new QueryShape(context).isGrouped(select)
        ? FromQuery.EVERY_ROW
        : use;
  }

  private AnalyzedQuery analyze(
      Query query, AnalyzedRelation source, Purpose purpose, WantedColumns wanted) {
    SelectAnalyzer select = select(query, source, purpose);
    // Whether EMIT fits a window that has been refused is not known.
    EmitClause emit = source.isWindowFaulty() ? null : query.emit();
    AnalyzedQuery analyzed = select.analyze(query.select(), query.order(), emit, wanted);
    select.checkLate();
    PartitionClause partition = query.partition();
    AnalyzedQuery result =
        partition != null && partition.isRoundRobin() ? spread(analyzed, partition) : analyzed;
    return result.withLate(LateRoutes.of(result.plan(), source));
  }

  private AnalyzedQuery spread(AnalyzedQuery query, PartitionClause partition) {
    PlanNode root = query.plan();
    PlanNode groups = root;
    while (groups instanceof ProjectNode
        || groups instanceof FilterNode
        || groups instanceof WantedGroupsNode
        || groups instanceof OrderNode
        || groups instanceof RateLimitNode
        || groups instanceof ChangedRowsNode) {
      groups = groups.inputs().get(0);
    }
    if (root instanceof DistinctNode
        || groups instanceof AggregateNode
        || groups instanceof AnalyticNode
        || root.isChangelog()) {
      reporter.error(
          "bad-partition",
          partition.span(),
          "ROUND_ROBIN gives each row to any task; aggregates, OVER, DISTINCT and the changes of a"
              + " table need the rows of a key in one place",
          "name the columns of the key: PARTITION BY …");
      return query;
    }
    return query.withPlan(new SpreadNode(root));
  }

  /** Adds the queries of WITH. What they are depends on who reads them in a table by key only. */
  private List<CommonRelation> addCommonTables(
      Query query, FromQuery use, RelationAnalyzer relations) {
    List<CommonRelation> added = new ArrayList<>();
    for (CommonTable table : query.commonTables()) {
      Map<String, CommonRelation> before = new HashMap<>(relations.commonTables());
      CommonRelation common =
          new CommonRelation(reading -> commonTable(table, reading, before, relations));
      if (use != FromQuery.BY_KEY) {
        common.as(use);
      }
      relations.addCommonTable(table.name(), common);
      added.add(common);
    }
    return added;
  }

  private AnalyzedRelation commonTable(
      CommonTable common,
      FromQuery use,
      Map<String, CommonRelation> before,
      RelationAnalyzer relations) {
    AnalyzedRelation result = nested(common.query(), use, before).asRelation(common.name().name());
    return common.columns().isEmpty()
        ? result
        : relations.renamed(result, new TableAlias(common.name(), common.columns(), common.span()));
  }

  /** A query that a table answers at once; its source is one table. */
  SelectAnalyzer.Sorted answer(Query query, List<SortItem> order) {
    return answer(query, source(query.select(), relations()), order);
  }

  /**
   * What holds the rows of a named window, which has been declared. Of its late rows each goes once
   * where the declaration says: what queries find late is the same.
   */
  PlanNode contents(Identifier window) {
    StreamSymbol symbol =
        streams.find(window).orElseThrow(() -> new IllegalArgumentException("not declared"));
    AnalyzedRelation read = relations().analyze(new StreamReference(window, window.span()));
    AnalyzedRelation source =
        read.withLate(
            LateRows.said(symbol.lateInto().map(target -> LateRoute.of(target, read.sources()))));
    Scope scope = new Scope(source.sources());
    SelectAnalyzer.Keys none = new SelectAnalyzer.Keys(List.of(), GroupingSets.none());
    UnaryOperator<PlanNode> late =
        lateInto(source, source.plan(), scope, none, Optional.empty(), window.span());
    PlanNode rows = ordered(source, source.window(), source.plan(), late);
    WindowSpec held = Objects.requireNonNull(symbol.declaration().window());
    return NamedWindows.contents(rows, held, symbol.declaration().schema());
  }

  /** What reads the source of a query that is answered at once. */
  RelationAnalyzer relations() {
    return new RelationAnalyzer(context, streams, this, FromQuery.EVENTS, false, Map.of());
  }

  /** A query that what its source stands for answers at once. */
  SelectAnalyzer.Sorted answer(Query query, AnalyzedRelation source, List<SortItem> order) {
    return select(query, source, Purpose.ANSWER).analyzeSorted(query.select(), order);
  }

  /** The query of an aggregation, which keeps the buckets of a window over its source. */
  AnalyzedQuery aggregation(Query query, RollupWindow buckets) {
    RelationAnalyzer relations =
        new RelationAnalyzer(context, streams, this, FromQuery.EVENTS, true, Map.of());
    addCommonTables(query, FromQuery.EVENTS, relations);
    AnalyzedRelation source = source(query.select(), relations);
    if (!RollupSource.isGood(reporter, source, query.select())) {
      return select(query, AnalyzedRelation.open(null), Purpose.STREAM)
          .analyze(query.select(), null, null, WantedColumns.NAMED);
    }
    return select(query, source.withWindow(buckets), Purpose.STREAM)
        .analyze(query.select(), null, null, WantedColumns.NAMED);
  }

  private AnalyzedRelation source(Select select, RelationAnalyzer relations) {
    Relation from = select.from();
    if (from == null) {
      reporter.unsupported(UnsupportedFeature.NO_FROM, select.span());
    }
    return from == null ? AnalyzedRelation.open(null) : relations.analyze(from);
  }

  private SelectAnalyzer select(Query query, AnalyzedRelation read, Purpose purpose) {
    Select select = query.select();
    AnalyzedRelation source =
        purpose == Purpose.ANSWER ? read.withWindow(new WindowSpec.Unbounded()) : read;
    NamedWindows.checkQuery(reporter, query, source, purpose);
    PartitionClause partition = query.partition();
    if (partition != null
        && !partition.isRoundRobin()
        && JoinedEvents.areJoined(source.plan(), JoinWindows.class::isInstance)) {
      reporter.unsupported(UnsupportedFeature.PARTITION_OF_JOIN, partition.span());
    }
    Scope scope = source.scope();
    PlanNode filtered = filtered(source, scope, select);
    Optional<ContentsFilter> above =
        filtered instanceof ProjectNode marked && NamedWindows.isFilteredAbove(source)
            ? Optional.of(ContentsFilter.of(marked))
            : Optional.empty();
    WindowSpec window =
        new SnapshotAnalyzer(reporter)
            .window(source, query.emit(), query.order() != null, above.isPresent(), purpose);
    int before = reporter.errorCount();
    GroupingSets sets = groupKeys(select, scope);
    SelectAnalyzer.Keys keys =
        new SelectAnalyzer.Keys(
            source.matches().map(PatternMatches::keys).orElseGet(() -> partitionKeys(query, scope)),
            sets.areSeveral() && purpose == Purpose.TABLE ? sets.numberedByKeys() : sets);
    QueryShape shape = new QueryShape(context);
    boolean areElements =
        purpose == Purpose.TABLE && shape.explodes(select) && !shape.isGrouped(select);
    UnaryOperator<PlanNode> late =
        lateInto(
            areElements ? source.withLate(LateIntoAnalyzer.ofElements(source.late())) : source,
            filtered,
            scope,
            keys,
            above,
            select.span());
    SelectAnalyzer.Input rows =
        new SelectAnalyzer.Input(
            ordered(source, window, filtered, late),
            new LateOver(context, select, source, filtered),
            scope,
            window,
            above,
            source.isWindowFaulty() || reporter.errorCount() > before);
    return new SelectAnalyzer(context, rows, keys, purpose);
  }

  /** What is put below a node that finds rows of a source late: nothing, where they are dropped. */
  private UnaryOperator<PlanNode> lateInto(
      AnalyzedRelation source,
      PlanNode rows,
      Scope scope,
      SelectAnalyzer.Keys keys,
      Optional<ContentsFilter> above,
      Span query) {
    LateRows routes = source.late();
    if (routes.areDropped() || !source.hasWindow() || source.isWindowFaulty() || scope.isOpen()) {
      return UnaryOperator.identity();
    }
    if (!routes.routes().isEmpty() && keys.group().areSeveral() && source.window().endsByGroup()) {
      reporter.error(
          "bad-late-into",
          routes.isSaid() ? routes.routes().get(0).target().span() : query,
          "a row may be too late for the sessions of one set of keys, and in time for those of"
              + " another",
          "write a query for each set of keys");
      return UnaryOperator.identity();
    }
    return new LateIntoAnalyzer(context).into(routes, rows, keys.group(), above);
  }

  /** The rows in the order and at the time at which they enter a window. */
  private static PlanNode ordered(
      AnalyzedRelation source, WindowSpec window, PlanNode rows, UnaryOperator<PlanNode> late) {
    if (source.delayMillis() > 0) {
      return new DelayNode(late.apply(new SortNode(late.apply(rows))), source.delayMillis());
    }
    return late.apply(
        window.isOrdered() && !rows.isChangelog()
            ? new SortNode(late.apply(rows), window.coversAll())
            : rows);
  }

  private PlanNode filtered(AnalyzedRelation source, Scope scope, Select select) {
    Expression where = select.where();
    if (where == null) {
      return source.plan();
    }
    RowExpression condition =
        new ExpressionAnalyzer(
                context, scope, Clause.plain("WHERE", SelectListAnalyzer.aliases(select)))
            .condition(where, "WHERE");
    if (Reporter.isFaulty(condition)) {
      return source.plan();
    }
    return NamedWindows.isFilteredAbove(source)
        ? ContentsFilter.mark(source.plan(), condition)
        : new FilterNode(source.plan(), condition);
  }

  private List<RowExpression> partitionKeys(Query query, Scope scope) {
    PartitionClause partition = query.partition();
    if (partition == null) {
      return List.of();
    }
    return keys(
        partition.keys(),
        scope,
        Clause.plain("PARTITION BY", SelectListAnalyzer.aliases(query.select())));
  }

  private GroupingSets groupKeys(Select select, Scope scope) {
    Clause clause = Clause.plain("GROUP BY", SelectListAnalyzer.aliases(select));
    return new GroupingSetsAnalyzer(reporter, set -> keys(set.expressions(), scope, clause))
        .analyze(select.groupBy());
  }

  private List<RowExpression> keys(List<Expression> expressions, Scope scope, Clause clause) {
    ExpressionAnalyzer analyzer = new ExpressionAnalyzer(context, scope, clause);
    List<RowExpression> keys = new ArrayList<>();
    for (Expression expression : expressions) {
      if (expression instanceof IntegerLiteral) {
        reporter.error(
            "bad-key",
            expression.span(),
            clause.name() + " takes expressions, not positions",
            "repeat the expression of the select list");
        continue;
      }
      RowExpression key = analyzer.analyze(expression);
      if (!Reporter.isFaulty(key) && !keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }
}
