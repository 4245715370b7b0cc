package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Script;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.Statement;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.OnDemandPlan;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.RollupSlice;
import io.millrace.language.plan.SortColumn;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes plans of queries that a table or a window answers at once (LANGUAGE section 10). */
final class OnDemandAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final QueryAnalyzer queries;
  private final Streams streams;

  OnDemandAnalyzer(AnalysisContext context, Streams streams) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
    this.queries = new QueryAnalyzer(context, streams);
  }

  /** The plan of the one query of a script; empty after a report. */
  Optional<OnDemandPlan> analyze(Script script) {
    List<Statement> statements = script.statements();
    if (statements.size() != 1 || !(statements.get(0) instanceof QueryStatement statement)) {
      Span span = statements.isEmpty() ? Span.NONE : statements.get(0).span();
      reporter.error("bad-question", span, "an on-demand query is one SELECT");
      return Optional.empty();
    }
    Query query = statement.query();
    Optional<StreamDeclaration> table = table(query);
    if (table.isEmpty() || refuses(query)) {
      return Optional.empty();
    }
    OrderClause order = query.order();
    List<SortItem> items = order == null ? List.of() : order.items();
    Optional<RollupSlice> slice = Optional.empty();
    SelectAnalyzer.Sorted sorted;
    if (table.get().rollup() == null) {
      sorted = queries.answer(query, items);
    } else {
      slice = slice(query, table.get());
      sorted = queries.answer(query, rollup(query, table.get()), items);
    }
    if (reporter.hasErrors()) {
      return Optional.empty();
    }
    PlanNode root = PlanRewriter.rewrite(sorted.query().plan());
    long offset = order == null ? 0 : OrderAnalyzer.offset(order);
    OptionalLong limit = order == null ? OptionalLong.empty() : OrderAnalyzer.limit(order);
    List<SortColumn> columns = sorted.order();
    return Optional.of(
        new OnDemandPlan(
            table.get(),
            key(table.get(), root),
            slice.orElse(null),
            root,
            sorted.visible(),
            columns,
            offset,
            limit));
  }

  private Optional<RollupSlice> slice(Query query, StreamDeclaration aggregation) {
    Relation from = query.select().from();
    SourceRelation named = from instanceof SourceRelation it ? it : null;
    StreamReference name = (StreamReference) (named == null ? from : named.input());
    return question(aggregation).slice(Objects.requireNonNull(name), named);
  }

  private AnalyzedRelation rollup(Query query, StreamDeclaration aggregation) {
    return question(aggregation)
        .source(
            query.select().from() instanceof SourceRelation named
                ? named.modifiers().alias()
                : null);
  }

  private RollupQuestion question(StreamDeclaration aggregation) {
    return new RollupQuestion(context, queries.relations(), aggregation);
  }

  private Optional<StreamDeclaration> table(Query query) {
    Relation from = query.select().from();
    Relation source = from instanceof SourceRelation named ? named.input() : from;
    if (!(source instanceof StreamReference reference)) {
      reporter.error(
          "bad-question",
          from == null ? query.span() : from.span(),
          "an on-demand query reads one table, or one window that has a name");
      return Optional.empty();
    }
    Optional<StreamSymbol> symbol = streams.get(reference.name());
    if (symbol.isPresent() && !symbol.get().declaration().holdsRows()) {
      reporter.error(
          "bad-question",
          reference.span(),
          "'" + symbol.get().declaration().name() + "' is a stream, which holds no rows to ask for",
          "keep what you need with CREATE TABLE … AS SELECT or CREATE WINDOW, and ask that");
      return Optional.empty();
    }
    return symbol.map(StreamSymbol::declaration);
  }

  private boolean refuses(Query query) {
    Map<String, Span> clauses = new HashMap<>();
    if (query.emit() != null) {
      clauses.put("EMIT", query.emit().span());
    }
    if (query.partition() != null) {
      clauses.put("PARTITION BY", query.partition().span());
    }
    if (!query.commonTables().isEmpty()) {
      clauses.put("WITH", query.commonTables().get(0).span());
    }
    Expression qualify = query.select().qualify();
    if (qualify != null) {
      clauses.put("QUALIFY", qualify.span());
    }
    clauses.forEach(
        (name, span) -> reporter.error("bad-question", span, "an on-demand query has no " + name));
    return !clauses.isEmpty();
  }

  /** The key that the condition asks for: all key columns equated with constants. */
  private static List<Constant> key(StreamDeclaration table, PlanNode root) {
    Map<Integer, Constant> wanted = new HashMap<>();
    for (RowExpression term : conditions(root)) {
      if (term.canFail()) {
        break;
      }
      equated(term).ifPresent(pair -> wanted.putIfAbsent(pair.getKey(), pair.getValue()));
    }
    List<Constant> key = new ArrayList<>();
    for (int column : table.isTable() ? table.keyColumns() : List.<Integer>of()) {
      Constant value = wanted.get(column);
      if (value == null) {
        return List.of();
      }
      key.add(value);
    }
    return key;
  }

  /** The conditions on the rows of the table, in the order in which they are evaluated. */
  private static List<RowExpression> conditions(PlanNode root) {
    PlanNode node = root;
    while (!node.inputs().isEmpty()) {
      PlanNode input = node.inputs().get(0);
      if (node instanceof FilterNode filter && input.inputs().isEmpty()) {
        RowExpression predicate = filter.predicate();
        return predicate instanceof Logical logical && logical.isAnd()
            ? logical.terms()
            : List.of(predicate);
      }
      node = input;
    }
    return List.of();
  }

  private static Optional<Map.Entry<Integer, Constant>> equated(RowExpression term) {
    if (!(term instanceof Comparison comparison)
        || comparison.operator() != ComparisonOperator.EQUAL) {
      return Optional.empty();
    }
    RowExpression left = comparison.left();
    RowExpression right = comparison.right();
    boolean isFlipped = left instanceof Constant;
    return (isFlipped ? right : left) instanceof ColumnReference column
            && (isFlipped ? left : right) instanceof Constant constant
            && !constant.isNull()
            && constant.type().equals(column.type())
        ? Optional.of(Map.entry(column.index(), constant))
        : Optional.empty();
  }
}
