package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SortItem;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SortColumn;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a select list over its filtered input: a projection, or groups with one. */
final class SelectAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Input input;
  private final Keys keys;
  private final Purpose purpose;
  private final EmissionAnalyzer emissions;

  /**
   * The filtered rows.
   *
   * @param lateOver put below what sorts these rows for OVER: says where late ones go
   * @param above what picks among the rows of the window; empty if all that enter are wanted
   * @param isFaulty whether an error of the window or the keys has been reported
   */
  record Input(
      PlanNode plan,
      UnaryOperator<PlanNode> lateOver,
      Scope scope,
      WindowSpec window,
      Optional<ContentsFilter> above,
      boolean isFaulty) {
    /** The rows that are wanted. */
    PlanNode wanted() {
      return above.map(filter -> filter.over(plan)).orElse(plan);
    }
  }

  /** The expressions of PARTITION BY and of GROUP BY. */
  record Keys(List<RowExpression> partition, GroupingSets group) {
    /**
     * All of them, each once.
     *
     * @param input the rows that are grouped
     */
    List<RowExpression> all(PlanNode input) {
      List<RowExpression> all = new ArrayList<>(partition);
      group.keys().stream().filter(key -> !all.contains(key)).forEach(all::add);
      if (group.areSeveral()) {
        all.add(GroupingSets.last(input).expression());
      }
      return all;
    }
  }

  /** Reports what is said of late rows where none is late, behind {@link #analyze}. */
  void checkLate() {
    if (input.lateOver() instanceof LateOver late) {
      late.check();
    }
  }

  SelectAnalyzer(AnalysisContext context, Input input, Keys keys, Purpose purpose) {
    this.context = context;
    this.reporter = context.reporter();
    this.input = input;
    this.keys = keys;
    this.purpose = purpose;
    this.emissions = new EmissionAnalyzer(reporter);
  }

  AnalyzedQuery analyze(
      Select select, @Nullable OrderClause order, @Nullable EmitClause emit, WantedColumns wanted) {
    int before = reporter.errorCount();
    Parts parts = parts(select, emit, wanted);
    boolean isKnown =
        reporter.errorCount() == before && !input.isFaulty() && !input.scope().isOpen();
    if (isKnown && select.isDistinct()) {
      if (parts.isPlain() && DistinctGroups.areNeeded(input.window(), emit, isByKey())) {
        return byGroups(parts, order, emit, wanted);
      }
      if (!parts.isPlain()
          && RegroupedRows.areNeeded(input.window(), parts, purpose, areChanging(parts))) {
        return parts.hasElementsOfBatches(purpose)
            ? analyze(parts.byAllColumns(), order, emit)
            : regrouped(parts, order, emit);
      }
    }
    return analyze(parts, order, emit);
  }

  /** SELECT DISTINCT as groups of the rows that come and go in the result without it. */
  private AnalyzedQuery regrouped(
      Parts parts, @Nullable OrderClause order, @Nullable EmitClause emit) {
    int before = reporter.errorCount();
    RegroupedRows regrouped = new RegroupedRows(input.window(), emit);
    Purpose below = purpose == Purpose.TABLE ? Purpose.CHANGES : purpose;
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    List<Integer> partition =
        ResultColumn.places(keys.partition(), columns, "partition_", parts.select().span());
    Parts rows = parts.with(columns).withSelect(DistinctGroups.withoutDistinct(parts.select()));
    EmitClause clause = parts.isGrouped() ? regrouped.below() : regrouped.ofRows(parts.select());
    AnalyzedQuery query =
        new SelectAnalyzer(context, input, keys, below).analyze(rows, null, clause);
    if (reporter.errorCount() > before) {
      return query;
    }
    RegroupedRows.Groups groups =
        RegroupedRows.groups(query, parts.columns().size(), partition, parts.select());
    return new SelectAnalyzer(context, groups.input(), groups.keys(), purpose)
        .analyze(groups.parts(), order, regrouped.above());
  }

  /** SELECT DISTINCT as groups. */
  private AnalyzedQuery byGroups(
      Parts parts, @Nullable OrderClause order, @Nullable EmitClause emit, WantedColumns wanted) {
    Keys all = new Keys(keys.partition(), DistinctGroups.keys(parts.columns()));
    SelectAnalyzer groups = new SelectAnalyzer(context, input, all, purpose);
    Parts grouped = groups.parts(DistinctGroups.withoutDistinct(parts.select()), emit, wanted);
    if (emit != null) {
      DistinctGroups.check(reporter, emit, grouped.grouping().window(), isByKey());
    }
    Optional<RowExpression> condition =
        DistinctGroups.condition(grouped.grouping(), emit, isByKey());
    return groups.analyze(grouped.having(condition), order, emit);
  }

  private AnalyzedQuery analyze(
      Parts parts, @Nullable OrderClause order, @Nullable EmitClause emit) {
    if (emit != null && emit.mode() instanceof EmitMode.RateLimit limit) {
      return limited(parts, order, emit, limit);
    }
    return emit != null && emit.mode() instanceof EmitMode.Changes changes && changes.isDistinct()
        ? changed(parts, order, emit)
        : sent(parts, order, emit);
  }

  /**
   * Leaves out what a group has sent last, then the columns that only this needs. Of rows that
   * SELECT DISTINCT sends once, none is equal to the one before.
   */
  private AnalyzedQuery changed(Parts parts, @Nullable OrderClause order, EmitClause emit) {
    ChangedRowsAnalyzer changes = new ChangedRowsAnalyzer(parts.grouping(), emit);
    if (parts.select().isDistinct()) {
      return sent(parts, order, emit);
    }
    if (parts.grouping().retracts()) {
      AnalyzedQuery query = sent(parts, order, emit);
      return query.withPlan(ChangedRowsAnalyzer.changedPairs(query.plan()));
    }
    if (!areChanging(parts) && parts.isGrouped() && !parts.explosions().isEmpty()) {
      return changes().changedElements(parts, order, emit);
    }
    if (areChanging(parts)) {
      AnalyzedQuery query = sent(parts, order, emit);
      if (!query.plan().isChangelog() && purpose == Purpose.CHANGES) {
        return query; // which has been refused, or is
      }
      return query.first(query.plan().schema().size(), changes.changedByKey(query.plan()));
    }
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    int visible = columns.size();
    int compared = changes.compared(columns);
    List<Integer> groups = changes.groups(keys.all(input.plan()), columns);
    AnalyzedQuery query = sent(parts.with(columns), order, emit);
    boolean mayLeaveOut =
        parts.having().isPresent() || columns.stream().anyMatch(c -> c.expression().canFail());
    return query.first(visible, changes.changed(query.plan(), compared, groups, mayLeaveOut));
  }

  private ResultChanges changes() {
    return new ResultChanges(context, input, keys, purpose);
  }

  private AnalyzedQuery sent(Parts parts, @Nullable OrderClause order, @Nullable EmitClause emit) {
    if (!parts.select().isDistinct()) {
      return order == null ? plan(parts, emit) : ordered(parts, order, emit);
    }
    if (EmissionAnalyzer.showsWhatLeaves(parts.grouping().window())) {
      return changes().begun(parts, order, emit);
    }
    int visible = parts.columns().size();
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    DistinctResults distinct = distinct(parts, emit);
    distinct.check(purpose);
    ResultColumn.places(distinct.apart(), columns, "apart_", parts.select().span());
    Parts all = parts.with(columns);
    AnalyzedQuery query = order == null ? plan(all, emit) : ordered(all, order, emit);
    return query.first(visible, query.plan());
  }

  /** Limits how many rows of each group go on, then leaves out the columns that only this needs. */
  private AnalyzedQuery limited(
      Parts parts, @Nullable OrderClause order, EmitClause emit, EmitMode.RateLimit limit) {
    RateLimitAnalyzer limits = new RateLimitAnalyzer(reporter, limit, emit.span());
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    List<Integer> groups = limits.groups(keys, input.plan(), columns);
    if (parts.select().isDistinct()) {
      limits.checkDistinct(parts.columns().size() == columns.size());
    }
    if (areChanging(parts)) {
      limits.refuseTable(purpose == Purpose.TABLE, parts.isGrouped() && isChangelog());
    }
    AnalyzedQuery query = sent(parts.with(columns), order, emit);
    return query.first(parts.columns().size(), limits.limit(query.plan(), groups));
  }

  /** Sorts and cuts emissions, then leaves out the columns that only this needs. */
  private AnalyzedQuery ordered(Parts parts, OrderClause order, @Nullable EmitClause emit) {
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    List<SortColumn> sorted = sortColumns(parts, order.items(), columns);
    List<Integer> apart = emissionColumns(parts, order, columns);
    int before = reporter.errorCount();
    AnalyzedQuery query = plan(parts.with(columns), emit);
    if (!input.isFaulty() && !input.scope().isOpen() && reporter.errorCount() == before) {
      new EmissionOrder(reporter, order).check(query.plan());
    }
    PlanNode plan =
        new OrderNode(
            query.plan(),
            sorted,
            OrderAnalyzer.offset(order),
            OrderAnalyzer.limit(order),
            apart,
            !(input.window() instanceof WindowSpec.Unbounded));
    return query.first(parts.columns().size(), plan);
  }

  /** The columns that tell emissions of one moment apart; those not selected are added behind. */
  private List<Integer> emissionColumns(
      Parts parts, OrderClause order, List<ResultColumn> columns) {
    List<RowExpression> apart = new ArrayList<>(keys.partition());
    parts.grouping().emission().ifPresent(apart::add);
    return ResultColumn.places(apart, columns, "emission_", order.span());
  }

  /**
   * A select list with what its rows are sorted by.
   *
   * @param query its columns, then those that are only sorted by
   * @param visible how many columns are shown
   */
  record Sorted(AnalyzedQuery query, List<SortColumn> order, int visible) {}

  Sorted analyzeSorted(Select select, List<SortItem> items) {
    Parts parts = parts(select, null, WantedColumns.NAMED);
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    List<SortColumn> order = sortColumns(parts, items, columns);
    return new Sorted(plan(parts.with(columns), null), order, parts.columns().size());
  }

  /**
   * What ORDER BY sorts by.
   *
   * @param columns the result; what is sorted by beside it is added behind
   */
  List<SortColumn> sortColumns(Parts parts, List<SortItem> items, List<ResultColumn> columns) {
    Clause clause = new Clause("ORDER BY", parts.grouping(), null, null, Map.of(), Map.of());
    return new OrderAnalyzer(reporter, new ExpressionAnalyzer(context, input.scope(), clause))
        .analyze(items, columns, parts.select().isDistinct());
  }

  private Parts parts(Select select, @Nullable EmitClause emit, WantedColumns wanted) {
    WindowSpec window = RevisedWindows.of(emit, input.window(), select.isDistinct());
    boolean isLenient = input.isFaulty() || input.scope().isOpen();
    Grouping grouping =
        new Grouping(window, keys.group(), isLenient, isChangelog(), input.plan().isChangelog());
    if (purpose == Purpose.CHANGES && JoinEmission.areSentAtOnce(input.wanted(), emit)) {
      grouping.setOfRetractions();
    }
    Explosions explosions = new Explosions(input.plan().schema().size());
    Analytics analytics = new Analytics();
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            context,
            input.scope(),
            new Clause(
                "the select list",
                grouping,
                explosions,
                analytics,
                Map.of(),
                SelectListAnalyzer.aliases(select)));
    SelectListAnalyzer list = new SelectListAnalyzer(context, input.scope(), expressions);
    List<ResultColumn> columns = list.analyze(select.items(), wanted);
    ResultConditions conditions = new ResultConditions(context, input.scope(), columns);
    return new Parts(
        select,
        grouping,
        explosions,
        analytics,
        columns,
        conditions.having(select.having(), grouping),
        conditions.qualify(select.qualify(), grouping, analytics),
        wanted.key());
  }

  AnalyzedQuery plan(Parts parts, @Nullable EmitClause emit) {
    Select select = parts.select();
    List<ResultColumn> columns = parts.columns();
    Parts allowed = allowed(parts, emit);
    WindowRows rows = new WindowRows(reporter, input, keys, allowed);
    boolean areRows = WindowRows.areSent(allowed, emit, purpose);
    PlanNode plan =
        areRows
            ? windowRows(rows, allowed, emit)
            : allowed.isGrouped() ? grouped(allowed, emit) : ungrouped(allowed, emit);
    boolean hasUnknown = columns.stream().anyMatch(c -> c.name().equals("*"));
    return new AnalyzedQuery(
        select.isDistinct() ? distinct(parts, emit).over(plan, parts.columns()) : plan,
        columns.stream().map(ResultColumn::span).toList(),
        areRows ? rows.keyColumns(purpose) : partition(parts, columns),
        hasUnknown || (input.scope().isOpen() && parts.hasStar()));
  }

  /** Refuses analytic functions where they do not run; what holds one is faulty then. */
  private Parts allowed(Parts parts, @Nullable EmitClause emit) {
    Analytics analytics = parts.analytics();
    if (analytics.isEmpty()
        || analytics.isAllowed(
            context, parts.isGrouped(), emit, parts.explosions(), input, purpose)) {
      return parts;
    }
    parts.grouping().tolerate();
    List<ResultColumn> columns = new ArrayList<>();
    for (ResultColumn column : parts.columns()) {
      columns.add(column.with(Analytics.withoutMarks(column.expression())));
    }
    return parts.withoutAnalytics(columns);
  }

  private Optional<List<Integer>> partition(Parts parts, List<ResultColumn> columns) {
    return parts.isGrouped() || keys.partition().isEmpty() || parts.analytics().looksInOtherOrder()
        ? Optional.empty()
        : partition(columns);
  }

  private PlanNode windowRows(WindowRows rows, Parts parts, @Nullable EmitClause emit) {
    new GroupChecks(reporter, parts).refuseHaving();
    if (purpose != Purpose.TABLE) {
      return rows.plan(emissions, emit);
    }
    checkTable(parts.select());
    return rows.table(emission(parts, emit));
  }

  private Emission emission(Parts parts, @Nullable EmitClause emit) {
    return parts.replacesBatches(purpose)
        ? emissions.ofBatches(emit, input.window())
        : emissions.choose(emit, input.window(), areChanging(parts));
  }

  /** The result columns that are the expressions of PARTITION BY. */
  private Optional<List<Integer>> partition(List<ResultColumn> columns) {
    List<RowExpression> values = columns.stream().map(ResultColumn::expression).toList();
    return Optional.of(keys.partition().stream().map(values::indexOf).filter(i -> i >= 0).toList());
  }

  private PlanNode ungrouped(Parts parts, @Nullable EmitClause emit) {
    new GroupChecks(reporter, parts).refuseHaving();
    if (input.window() instanceof RollupWindow) {
      emissions.refuseWithoutAggregates(parts.fromSpan());
    }
    Emission chosen = emissions.choosePlain(emit, input.window(), isByKey());
    if (purpose == Purpose.TABLE && !input.isFaulty() && chosen == Emission.EACH_ROW) {
      new TableKeyCheck(reporter, input.window(), parts.select().span()).checkEntering(emit);
    }
    Emission emission =
        chosen == Emission.CONTENTS && purpose == Purpose.CHANGES
            ? Emission.RETRACTED_CONTENTS
            : chosen;
    return input.window().takesEveryRow() && emission == Emission.EACH_ROW
        ? plain(parts, emit)
        : new EnteringRows(reporter, input, keys, parts)
            .plan(emission, purpose, partition(parts.columns()));
  }

  private PlanNode plain(Parts parts, @Nullable EmitClause emit) {
    Explosions explosions = parts.explosions();
    PlanNode wanted = JoinEmission.sent(input.wanted(), emit, purpose == Purpose.CHANGES);
    if (!parts.analytics().isEmpty()) {
      return parts
          .analytics()
          .project(input.lateOver(), wanted, keys.partition(), parts.qualify(), parts.columns());
    }
    PlanNode rows = explosions.isEmpty() ? wanted : explosions.over(wanted, isChangelog());
    return new ProjectNode(rows, ResultColumn.named(parts.columns()));
  }

  /** Whether groups are kept by key: also where functions look at those that are there. */
  private boolean areChanging(Parts parts) {
    return isByKey() || parts.analytics().looksInOtherOrder();
  }

  /** Whether the result is one by key, or of changes by key. */
  private boolean isByKey() {
    return purpose == Purpose.TABLE || purpose == Purpose.CHANGES || isChangelog();
  }

  /** Whether the rows are changes of a table; an answer is made of its rows as they are. */
  private boolean isChangelog() {
    return purpose != Purpose.ANSWER && input.plan().isChangelog();
  }

  private DistinctResults distinct(Parts parts, @Nullable EmitClause emit) {
    return new DistinctResults(reporter, parts.grouping(), keys.partition(), emit);
  }

  private PlanNode grouped(Parts parts, @Nullable EmitClause emit) {
    Select select = parts.select();
    Grouping grouping = parts.grouping();
    GroupChecks checks = new GroupChecks(reporter, parts);
    checks.checkExploded();
    GroupKeys named = GroupKeys.of(keys, input);
    List<NamedExpression> allKeys = named.all();
    GroupedExpressions rewriting = new GroupedExpressions(context, parts, allKeys, named.set());
    Explosions explosions =
        parts.explosions().ofGroups(array -> rewriting.rewrite(array, parts.explosions().span()));
    List<ResultColumn> results = parts.columns().stream().map(rewriting::rewrite).toList();
    Optional<RowExpression> condition =
        parts.having().map(h -> rewriting.rewrite(h, select.span()));
    Emission emission = purpose == Purpose.ANSWER ? Emission.ANSWER : emission(parts, emit);
    OverGroups over = OverGroups.of(parts.analytics(), keys, parts.qualify(), rewriting);
    checks.checkHaving(condition);
    if (parts.analytics().isEmpty()) {
      checkTable(select);
    }
    checks.checkSets(purpose, keys.group(), results, named.set());
    AggregateNode grouped =
        new AggregateNode(
            input.plan(),
            grouping.window(),
            named.partition(),
            named.group(),
            grouping.calls(),
            rewriting.carried(),
            emission,
            grouping.schema(allKeys, rewriting.carried()));
    PlanNode groups = named.plan(grouped, keys.group(), input.above(), purpose == Purpose.TABLE);
    PlanNode kept =
        condition
            .filter(c -> !Reporter.isFaulty(c))
            .<PlanNode>map(c -> new FilterNode(groups, c))
            .orElse(groups);
    return explosions.isEmpty()
        ? over.project(kept, results)
        : new ProjectNode(
            explosions.over(kept, kept.isChangelog()),
            ResultColumn.named(explosions.placed(results, kept)));
  }

  private void checkTable(Select select) {
    if (purpose == Purpose.TABLE && !input.isFaulty()) {
      new TableKeyCheck(reporter, input.window(), select.span()).checkLooks();
    }
  }
}
