package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types aggregates and gives them to the grouping of their query. */
final class AggregateAnalyzer {
  private static final int LEAST_AVERAGE_SCALE = 6;

  private static final Map<String, AggregateFunction> FUNCTIONS =
      Map.of(
          "count", AggregateFunction.COUNT,
          "sum", AggregateFunction.SUM,
          "avg", AggregateFunction.AVG,
          "min", AggregateFunction.MIN,
          "max", AggregateFunction.MAX);

  /** The aggregates of the language that do not run yet. */
  private static final Set<String> PLANNED =
      Set.of(
          "stddev_pop",
          "stddev_samp",
          "stddev",
          "var_pop",
          "var_samp",
          "covar_pop",
          "covar_samp",
          "corr",
          "first",
          "last",
          "nth",
          "min_by",
          "max_by",
          "collect_list",
          "collect_set",
          "histogram",
          "string_agg",
          "top_k",
          "top_k_distinct",
          "mode",
          "median",
          "percentile",
          "approx_percentile",
          "approx_count_distinct",
          "bool_and",
          "bool_or",
          "ever",
          "min_ever",
          "max_ever",
          "row_number",
          "rank",
          "dense_rank",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final Clause clause;

  AggregateAnalyzer(AnalysisContext context, Scope scope, Clause clause) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.clause = clause;
  }

  static boolean isAggregate(String name) {
    return FUNCTIONS.containsKey(name);
  }

  static boolean isPlannedAggregate(String name) {
    return PLANNED.contains(name);
  }

  static Set<String> planned() {
    return PLANNED;
  }

  static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  RowExpression call(CallExpression call, String name) {
    AggregateFunction function = FUNCTIONS.get(name);
    Grouping grouping = clause.grouping();
    if (grouping == null || function == null) {
      return misplaced(call, name);
    }
    CallModifiers modifiers = call.modifiers();
    boolean sameWhenDistinct =
        function == AggregateFunction.MIN || function == AggregateFunction.MAX;
    if (modifiers.isDistinct() && !sameWhenDistinct) {
      return reporter.unsupported(UnsupportedFeature.AGGREGATE_DISTINCT, call.span());
    }
    if (!modifiers.orderBy().isEmpty() || modifiers.nullTreatment() == NullTreatment.RESPECT) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'" + name + "' takes no ORDER BY and no RESPECT NULLS: it skips NULL in any order");
    }
    // What stands inside an aggregate sees the same columns, but no other aggregate.
    ExpressionAnalyzer inside =
        new ExpressionAnalyzer(context, scope, Clause.plain("an aggregate"));
    Optional<RowExpression> filter =
        Optional.ofNullable(modifiers.filter()).map(f -> inside.condition(f, "FILTER"));
    if (modifiers.isStar() || call.arguments().isEmpty()) {
      return count(call, function, grouping, filter);
    }
    if (call.arguments().size() != 1) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'" + name + "' takes one argument, found " + call.arguments().size());
    }
    RowExpression argument = inside.analyze(call.arguments().get(0));
    if (Reporter.isFaulty(argument) || filter.filter(Reporter::isFaulty).isPresent()) {
      return Reporter.faulty();
    }
    return add(grouping, function, argument, filter.orElse(null), call.arguments().get(0));
  }

  private RowExpression misplaced(CallExpression call, String name) {
    if (clause.name().equals("an aggregate")) {
      return reporter.error(
          "nested-aggregate",
          call.span(),
          "'" + name + "' stands inside another aggregate",
          "compute the inner one in a query of its own and aggregate its rows");
    }
    return reporter.error(
        "misplaced-aggregate",
        call.span(),
        "the aggregate '" + name + "' cannot stand in " + clause.name(),
        clause.name().equals("WHERE")
            ? Optional.of("conditions on aggregates stand in HAVING")
            : Optional.empty());
  }

  private RowExpression count(
      CallExpression call,
      AggregateFunction function,
      Grouping grouping,
      Optional<RowExpression> filter) {
    if (function != AggregateFunction.COUNT || !call.arguments().isEmpty()) {
      return reporter.error(
          "bad-call", call.span(), "'" + call.name().name() + "' takes one argument");
    }
    return filter.filter(Reporter::isFaulty).isPresent()
        ? Reporter.faulty()
        : grouping.add(function, List.of(), filter.orElse(null), DataType.BIGINT);
  }

  private RowExpression add(
      Grouping grouping,
      AggregateFunction function,
      RowExpression given,
      @Nullable RowExpression filter,
      Expression syntax) {
    boolean isNumeric = function == AggregateFunction.SUM || function == AggregateFunction.AVG;
    RowExpression argument =
        isNumeric && given.type() == DataType.BOOLEAN ? asNumber(given) : given;
    Optional<DataType> type = resultType(function, argument.type());
    if (type.isEmpty()) {
      return refuse(function, argument.type(), syntax.span());
    }
    return grouping.add(function, List.of(argument), filter, type.get());
  }

  private RowExpression refuse(AggregateFunction function, DataType type, Span span) {
    String name = function.name().toLowerCase(Locale.ROOT);
    return reporter.error(
        "type-mismatch",
        span,
        switch (function) {
          case SUM, AVG -> "'" + name + "' takes numbers, found " + type.sql();
          default -> "'" + name + "' takes values that have an order, found " + type.sql();
        });
  }

  /** True is 1 and false is 0, so that a sum counts. */
  private static RowExpression asNumber(RowExpression condition) {
    return new Case(
        List.of(
            new Case.When(condition, new Constant(1L, DataType.INT)),
            new Case.When(new Not(condition), new Constant(0L, DataType.INT))),
        Constant.nullOf(DataType.INT));
  }

  private static Optional<DataType> resultType(AggregateFunction function, DataType type) {
    return switch (function) {
      case COUNT -> Optional.of(DataType.BIGINT);
      case MIN, MAX ->
          OperatorAnalyzer.hasOrder(type) && !Reporter.isUnknown(type)
              ? Optional.of(type)
              : Optional.empty();
      case SUM -> sumType(type);
      case AVG -> averageType(type);
    };
  }

  private static Optional<DataType> sumType(DataType type) {
    if (Coercion.isInteger(type)) {
      return Optional.of(DataType.BIGINT);
    }
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(DataType.decimal(DataType.MAX_PRECISION, decimal.scale()));
    }
    return type == DataType.DOUBLE || type == DataType.INTERVAL
        ? Optional.of(type)
        : Optional.empty();
  }

  private static Optional<DataType> averageType(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      int scale = Math.max(LEAST_AVERAGE_SCALE, decimal.scale());
      return Optional.of(DataType.decimal(DataType.MAX_PRECISION, scale));
    }
    return Widening.isNumeric(type) ? Optional.of(DataType.DOUBLE) : Optional.empty();
  }
}
