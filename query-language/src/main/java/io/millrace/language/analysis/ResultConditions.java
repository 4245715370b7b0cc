package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.expression.RowExpression;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types HAVING and QUALIFY, which may name result columns, after those of the source. */
final class ResultConditions {
  private final AnalysisContext context;
  private final Scope scope;
  private final Map<String, RowExpression> aliases = new HashMap<>();

  ResultConditions(AnalysisContext context, Scope scope, List<ResultColumn> columns) {
    this.context = context;
    this.scope = scope;
    for (ResultColumn column : columns) {
      aliases.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.expression());
    }
  }

  Optional<RowExpression> having(@Nullable Expression having, Grouping grouping) {
    if (having == null) {
      return Optional.empty();
    }
    Clause clause = new Clause("HAVING", grouping, null, null, aliases, Map.of());
    RowExpression condition =
        new ExpressionAnalyzer(context, scope, clause).condition(having, "HAVING");
    return Optional.of(
        Analytics.holdsMark(condition)
            ? context
                .reporter()
                .error(
                    "misplaced-over",
                    having.span(),
                    AnalyticAnalyzer.PLACE + " cannot stand in HAVING",
                    "filter its result with QUALIFY")
            : condition);
  }

  /** QUALIFY filters rows by analytic functions, its own or those of the select list. */
  Optional<RowExpression> qualify(
      @Nullable Expression qualify, Grouping grouping, Analytics analytics) {
    if (qualify == null) {
      return Optional.empty();
    }
    Clause clause = new Clause("QUALIFY", grouping, null, analytics, aliases, Map.of());
    RowExpression condition =
        new ExpressionAnalyzer(context, scope, clause).condition(qualify, "QUALIFY");
    if (!analytics.isWritten()) {
      context
          .reporter()
          .error(
              "misplaced-qualify",
              qualify.span(),
              "QUALIFY needs an analytic function, with OVER",
              "rows are filtered with WHERE, groups with HAVING");
    }
    return Optional.of(condition);
  }
}
