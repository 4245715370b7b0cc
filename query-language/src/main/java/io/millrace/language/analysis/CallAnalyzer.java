package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.ast.OverClause;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells what a call is: an aggregate, a construct of the language, or a function. */
final class CallAnalyzer {
  static final String EXPLODE = "explode";
  private static final Set<String> GROUPING = Set.of("grouping", "grouping_id");

  private final AnalysisContext context;
  private final Optional<PatternScope> pattern;
  private final AggregateAnalyzer aggregates;
  private final AnalyticAnalyzer analytics;
  private final ConditionalAnalyzer conditionals;
  private final ExplodeAnalyzer explosions;
  private final FunctionAnalyzer functions;

  /**
   * @param pattern whose elements have the aggregates here
   */
  CallAnalyzer(
      AnalysisContext context,
      Optional<PatternScope> pattern,
      AggregateAnalyzer aggregates,
      AnalyticAnalyzer analytics,
      ConditionalAnalyzer conditionals,
      ExplodeAnalyzer explosions,
      FunctionAnalyzer functions) {
    this.context = context;
    this.pattern = pattern;
    this.aggregates = aggregates;
    this.analytics = analytics;
    this.conditionals = conditionals;
    this.explosions = explosions;
    this.functions = functions;
  }

  RowExpression call(CallExpression call) {
    String name = call.name().name().toLowerCase(Locale.ROOT);
    OverClause over = call.modifiers().over();
    if (over != null) {
      return analytics.call(call, name, over);
    }
    if (context.isAggregate(name)) {
      return pattern.isPresent()
          ? pattern.get().aggregate(call, name)
          : aggregates.call(call, name);
    }
    boolean isFunction = !context.catalog().functions().find(name).isEmpty();
    if (!isFunction && AnalyticAnalyzer.names().contains(name)) {
      return analytics.withoutOver(call, name);
    }
    if (!call.modifiers().isNone()) {
      return refuseModifiers(call);
    }
    if (ConditionalAnalyzer.isConditional(name)) {
      return conditionals.call(call, name);
    }
    if (GROUPING.contains(name)) {
      return aggregates.grouping(call, name);
    }
    if (name.equals(EXPLODE)) {
      return explosions.call(call);
    }
    return isFunction ? functions.call(call) : unknown(call);
  }

  private RowExpression refuseModifiers(CallExpression call) {
    CallModifiers modifiers = call.modifiers();
    String what = modifiers.isStar() ? "*" : "DISTINCT, ORDER BY, NULLS or FILTER";
    return context
        .reporter()
        .error(
            "bad-call",
            call.span(),
            "'" + call.name().name() + "' is no aggregate: it takes no " + what,
            modifiers.nullTreatment() == NullTreatment.UNSTATED
                ? Optional.empty()
                : Optional.of("put it behind the aggregate, as in last(x) IGNORE NULLS"));
  }

  /** The names that the language itself gives a meaning. */
  static Set<String> ownNames() {
    Set<String> names = new TreeSet<>(AggregateNames.names());
    names.addAll(AnalyticAnalyzer.names());
    names.addAll(ConditionalAnalyzer.names());
    names.addAll(GROUPING);
    names.add(EXPLODE);
    return names;
  }

  private RowExpression unknown(CallExpression call) {
    List<String> known = new ArrayList<>(context.catalog().functions().names());
    known.addAll(context.catalog().functions().aggregateNames());
    known.addAll(ownNames());
    return context
        .reporter()
        .error(
            "unknown-function",
            call.name().span(),
            "unknown function '" + call.name().name() + "'",
            ForeignNames.functionHint(call.name().name())
                .filter(hint -> pattern.isEmpty())
                .or(() -> NearestName.hint(call.name().name(), known)));
  }
}
