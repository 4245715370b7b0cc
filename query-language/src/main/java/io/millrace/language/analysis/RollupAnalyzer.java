package io.millrace.language.analysis;

import io.millrace.language.ast.CreateAggregation;
import io.millrace.language.ast.GroupingKind;
import io.millrace.language.ast.Query;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.Rollup;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declares aggregations. What runs is the grouping in buckets; HAVING and the select list are
 * applied when someone asks.
 */
final class RollupAnalyzer {
  private static final String CODE = "bad-aggregation";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Streams streams;
  private final QueryAnalyzer queries;
  private final ScriptBuilder script;

  RollupAnalyzer(
      AnalysisContext context, Streams streams, QueryAnalyzer queries, ScriptBuilder script) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
    this.queries = queries;
    this.script = script;
  }

  /** Declares it, also with errors, so that what speaks of it gets no further ones. */
  boolean create(CreateAggregation statement, String text) {
    int before = reporter.errorCount();
    RollupWindow window = new RollupOptions(context).window(statement);
    if (refusesClauses(statement.query())) {
      declare(statement, new Schema(List.of()), null, window);
      return false;
    }
    AnalyzedQuery query = queries.aggregation(statement.query(), window);
    boolean isGood = reporter.errorCount() == before && !query.isOpen();
    PlanNode plan = isGood ? query.plan() : null;
    StreamDeclaration declaration = declare(statement, query.plan().schema(), plan, window);
    if (plan != null && reporter.errorCount() == before) {
      script.addStream(declaration);
      script.addQuery(declaration, kept(plan), text, statement.span());
    }
    return reporter.errorCount() == before;
  }

  /**
   * Declares it under its name, unless that is taken.
   *
   * @param query null if it has errors, so that its columns may not be known
   */
  private StreamDeclaration declare(
      CreateAggregation statement, Schema schema, @Nullable PlanNode query, RollupWindow window) {
    Rollup rollup =
        query == null
            ? new Rollup(window, new Schema(List.of()), null, List.of())
            : rollup(query, window);
    StreamDeclaration declaration =
        new StreamDeclaration(
            statement.name().name(),
            false,
            schema,
            List.of(),
            new TimeAttribute.Derived(true),
            0,
            null,
            null,
            null,
            Map.of(),
            true,
            null,
            null,
            rollup,
            statement.name().span());
    streams.declare(statement.name(), declaration, Optional.empty(), query == null);
    return declaration;
  }

  /** The groups below the select list and HAVING. */
  private static AggregateNode kept(PlanNode query) {
    ProjectNode project = shaped(ProjectNode.class, query);
    PlanNode groups =
        project.input() instanceof FilterNode having ? having.input() : project.input();
    return shaped(AggregateNode.class, groups);
  }

  private static Rollup rollup(PlanNode query, RollupWindow window) {
    ProjectNode project = shaped(ProjectNode.class, query);
    RowExpression condition =
        project.input() instanceof FilterNode filter ? filter.predicate() : null;
    return new Rollup(window, kept(query).schema(), condition, project.expressions());
  }

  /** A node of the only plan that an aggregation can have: a select list, HAVING, groups. */
  private static <T extends PlanNode> T shaped(Class<T> type, PlanNode node) {
    if (!type.isInstance(node)) {
      throw new IllegalStateException(
          "an aggregation has a " + type.getSimpleName() + " here, not " + node);
    }
    return type.cast(node);
  }

  private boolean refusesClauses(Query query) {
    int before = reporter.errorCount();
    Map<String, @Nullable Span> clauses = new LinkedHashMap<>();
    clauses.put("DISTINCT", query.select().isDistinct() ? query.select().span() : null);
    clauses.put(
        "QUALIFY", query.select().qualify() == null ? null : query.select().qualify().span());
    clauses.put("PARTITION BY", query.partition() == null ? null : query.partition().span());
    clauses.put("ORDER BY and LIMIT", query.order() == null ? null : query.order().span());
    clauses.put("EMIT", query.emit() == null ? null : query.emit().span());
    query.select().groupBy().stream()
        .filter(element -> element.kind() != GroupingKind.EXPRESSION)
        .findFirst()
        .ifPresent(element -> clauses.put("GROUPING SETS", element.span()));
    clauses.forEach(
        (clause, span) -> {
          if (span != null) {
            reporter.error(CODE, span, "an aggregation has no " + clause);
          }
        });
    return reporter.errorCount() > before;
  }
}
