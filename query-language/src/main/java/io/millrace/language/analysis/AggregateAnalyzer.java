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
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types aggregates and gives them to the grouping of their query. */
final class AggregateAnalyzer {
  private static final Map<String, AggregateFunction> FUNCTIONS =
      Map.ofEntries(
          Map.entry("count", AggregateFunction.COUNT),
          Map.entry("sum", AggregateFunction.SUM),
          Map.entry("avg", AggregateFunction.AVG),
          Map.entry("min", AggregateFunction.MIN),
          Map.entry("max", AggregateFunction.MAX),
          Map.entry("var_pop", AggregateFunction.VAR_POP),
          Map.entry("var_samp", AggregateFunction.VAR_SAMP),
          Map.entry("stddev_pop", AggregateFunction.STDDEV_POP),
          Map.entry("stddev_samp", AggregateFunction.STDDEV_SAMP),
          Map.entry("stddev", AggregateFunction.STDDEV_SAMP),
          Map.entry("covar_pop", AggregateFunction.COVAR_POP),
          Map.entry("covar_samp", AggregateFunction.COVAR_SAMP),
          Map.entry("corr", AggregateFunction.CORR),
          Map.entry("bool_and", AggregateFunction.BOOL_AND),
          Map.entry("bool_or", AggregateFunction.BOOL_OR));

  /** The aggregates of the language that do not run yet. */
  private static final Set<String> PLANNED =
      Set.of(
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

  /** Of an INT that is not negative. */
  private static final int MOST_BITS = 31;

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
    int arity = AggregateTypes.arity(function);
    if (call.arguments().size() != arity) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'" + name + "' takes " + counted(arity) + ", found " + call.arguments().size());
    }
    List<RowExpression> arguments = call.arguments().stream().map(inside::analyze).toList();
    boolean isFaulty =
        Stream.concat(arguments.stream(), filter.stream()).anyMatch(Reporter::isFaulty);
    return isFaulty
        ? Reporter.faulty()
        : add(call, name, function, grouping, arguments, filter.orElse(null));
  }

  /** GROUPING: which of the keys of GROUP BY the set of the row's group does not have. */
  RowExpression grouping(CallExpression call, String name) {
    Grouping grouping = clause.grouping();
    if (grouping == null) {
      return misplaced(call, name);
    }
    if (call.arguments().isEmpty() || call.arguments().size() > MOST_BITS) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'" + name + "' takes keys of GROUP BY, from one to " + MOST_BITS,
          "it is 1 where a key is not part of the row's grouping set, else 0");
    }
    ExpressionAnalyzer inside =
        new ExpressionAnalyzer(context, scope, Clause.plain("'" + name + "'"));
    List<RowExpression> keys = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      RowExpression key = inside.analyze(argument);
      if (Reporter.isFaulty(key)) {
        return key;
      }
      if (!grouping.keys().contains(key)) {
        return reporter.error(
            "bad-call", argument.span(), "'" + name + "' takes keys of GROUP BY, and this is none");
      }
      keys.add(key);
    }
    return grouping.missing(keys);
  }

  private static String counted(int arity) {
    return arity == 1 ? "one argument" : "two arguments";
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
          "bad-call",
          call.span(),
          "'" + call.name().name() + "' takes " + counted(AggregateTypes.arity(function)));
    }
    return filter.filter(Reporter::isFaulty).isPresent()
        ? Reporter.faulty()
        : grouping.add(function, List.of(), filter.orElse(null), DataType.BIGINT);
  }

  private RowExpression add(
      CallExpression call,
      String name,
      AggregateFunction function,
      Grouping grouping,
      List<RowExpression> given,
      @Nullable RowExpression filter) {
    List<RowExpression> arguments = new ArrayList<>();
    DataType result = DataType.NULL;
    for (int i = 0; i < given.size(); i++) {
      boolean isCounted =
          AggregateTypes.countsConditions(function) && given.get(i).type() == DataType.BOOLEAN;
      RowExpression argument = isCounted ? asNumber(given.get(i)) : given.get(i);
      Optional<DataType> type = AggregateTypes.result(function, argument.type());
      if (type.isEmpty()) {
        String message =
            "'"
                + name
                + "' takes "
                + AggregateTypes.taken(function)
                + ", found "
                + argument.type().sql();
        return reporter.error("type-mismatch", call.arguments().get(i).span(), message);
      }
      arguments.add(argument);
      result = type.get();
    }
    return grouping.add(function, arguments, filter, result);
  }

  /** True is 1 and false is 0, so that a sum counts. */
  private static RowExpression asNumber(RowExpression condition) {
    return new Case(
        List.of(
            new Case.When(condition, new Constant(1L, DataType.INT)),
            new Case.When(new Not(condition), new Constant(0L, DataType.INT))),
        Constant.nullOf(DataType.INT));
  }
}
