package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types aggregates and gives them to the grouping of their query. */
final class AggregateAnalyzer {
  /** Of an INT that is not negative. */
  private static final int MOST_BITS = 31;

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final Clause clause;
  private final Clause inside;

  AggregateAnalyzer(AnalysisContext context, Scope scope, Clause clause) {
    this(context, scope, clause, Clause.plain("an aggregate"));
  }

  /**
   * @param inside where what stands inside a call stands: it sees the same columns
   */
  AggregateAnalyzer(AnalysisContext context, Scope scope, Clause clause, Clause inside) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.clause = clause;
    this.inside = inside;
  }

  RowExpression call(CallExpression written, String name) {
    CallExpression call = withNullTreatment(written);
    Grouping grouping = clause.grouping();
    if (grouping == null) {
      return misplaced(call, name);
    }
    ExpressionAnalyzer arguments = new ExpressionAnalyzer(context, scope, inside);
    if (!AggregateNames.isAggregate(name)) {
      return new UserAggregateAnalyzer(context, arguments).call(call, name, grouping);
    }
    List<AggregateFunction> overloads = AggregateNames.of(name);
    AggregateFunction function = nearest(call, overloads);
    Optional<RowExpression> refused =
        refuseModifiers(call.modifiers(), call.span(), name, function);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (AggregateSignature.needsBounds(function) && !grouping.isBounded()) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'" + name + "' is exact: it holds all values, and needs a window that lets them go",
          "without a window take approx_percentile(x, p)");
    }
    Expression condition = call.modifiers().filter();
    RowExpression filter = condition == null ? null : arguments.condition(condition, "FILTER");
    if (!hasRightArguments(call, function)) {
      return reporter.error(
          "bad-call",
          call.span(),
          "'"
              + name
              + "' takes "
              + AggregateSignature.counted(overloads)
              + ", found "
              + (call.modifiers().isStar() ? "*" : call.arguments().size()));
    }
    List<RowExpression> given = call.arguments().stream().map(arguments::analyze).toList();
    boolean isFaulty =
        given.stream().anyMatch(Reporter::isFaulty)
            || (filter != null && Reporter.isFaulty(filter));
    return isFaulty ? Reporter.faulty() : add(call, name, function, grouping, given, filter);
  }

  /** The one that takes so many arguments; the first if none does. */
  private static AggregateFunction nearest(CallExpression call, List<AggregateFunction> overloads) {
    return overloads.stream()
        .filter(candidate -> hasRightArguments(call, candidate))
        .findFirst()
        .orElse(overloads.get(0));
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

  /**
   * In {@code last(f(x) IGNORE NULLS)} the parser gives IGNORE NULLS to the inner call, behind
   * which it stands; it is meant for the aggregate, as behind any other argument.
   */
  private static CallExpression withNullTreatment(CallExpression call) {
    int count = call.arguments().size();
    if (count == 0 || !(call.arguments().get(count - 1) instanceof CallExpression last)) {
      return call;
    }
    CallModifiers inner = last.modifiers();
    CallModifiers without = inner.withNullTreatment(NullTreatment.UNSTATED);
    if (call.modifiers().nullTreatment() != NullTreatment.UNSTATED
        || inner.isNone()
        || !without.isNone()) {
      return call;
    }
    List<Expression> arguments = new ArrayList<>(call.arguments());
    arguments.set(
        count - 1, new CallExpression(last.name(), last.arguments(), without, last.span()));
    CallModifiers own = call.modifiers().withNullTreatment(inner.nullTreatment());
    return new CallExpression(call.name(), arguments, own, call.span());
  }

  private static boolean hasRightArguments(CallExpression call, AggregateFunction function) {
    int found = call.arguments().size();
    if (call.modifiers().isStar() || (found == 0 && function == AggregateFunction.COUNT)) {
      return function == AggregateFunction.COUNT;
    }
    return found == AggregateSignature.of(function).size();
  }

  /** Refuses what an aggregate is not told; empty if there is nothing of the kind. */
  private Optional<RowExpression> refuseModifiers(
      CallModifiers modifiers, Span span, String name, AggregateFunction function) {
    if (modifiers.isDistinct() && !AggregateSignature.takesDistinct(function)) {
      return refused(span, "'" + name + "' takes no DISTINCT", Optional.empty());
    }
    if (!modifiers.orderBy().isEmpty()) {
      return refused(span, "'" + name + "' takes no ORDER BY", Optional.empty());
    }
    boolean isSaid = modifiers.nullTreatment() != NullTreatment.UNSTATED;
    if (isSaid && !AggregateSignature.takesNulls(function)) {
      return refused(
          span,
          "'" + name + "' takes no " + modifiers.nullTreatment() + " NULLS: it skips NULL always",
          Optional.of("'first', 'last', 'nth' and 'collect_list' take NULL, and IGNORE NULLS"));
    }
    return Optional.empty();
  }

  private Optional<RowExpression> refused(Span span, String message, Optional<String> hint) {
    return Optional.of(reporter.error("bad-call", span, message, hint));
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

  private RowExpression add(
      CallExpression call,
      String name,
      AggregateFunction function,
      Grouping grouping,
      List<RowExpression> given,
      @Nullable RowExpression filter) {
    AggregateSignature signature = AggregateSignature.of(function);
    boolean isDistinct =
        call.modifiers().isDistinct() && !AggregateSignature.skipsRepeats(function);
    List<RowExpression> arguments = new ArrayList<>();
    int rowArguments = Math.min(given.size(), signature.parameters().size());
    for (int i = 0; i < rowArguments; i++) {
      boolean isCounted =
          AggregateSignature.countsConditions(function) && given.get(i).type() == DataType.BOOLEAN;
      RowExpression argument = isCounted ? asNumber(given.get(i)) : given.get(i);
      AggregateParameter parameter = signature.parameters().get(i);
      if (isDistinct && parameter == AggregateParameter.ANY) {
        parameter = AggregateParameter.VALUE;
      }
      if (!parameter.takes(argument.type())) {
        return reporter.error(
            "type-mismatch",
            call.arguments().get(i).span(),
            "'" + name + "' takes " + parameter.description() + ", found " + argument.type().sql(),
            parameter.hint(argument.type()));
      }
      arguments.add(argument);
    }
    Optional<List<Constant>> settings = settings(call, name, signature, given);
    if (settings.isEmpty()) {
      return Reporter.faulty();
    }
    return grouping.add(
        new AggregateCall(
            "",
            function,
            arguments,
            settings.get(),
            isDistinct,
            call.modifiers().nullTreatment() == NullTreatment.IGNORE,
            filter,
            arguments.isEmpty()
                ? DataType.BIGINT
                : signature.result().apply(arguments.get(0).type())));
  }

  /** The arguments that are the same for all rows; empty after a report. */
  private Optional<List<Constant>> settings(
      CallExpression call, String name, AggregateSignature signature, List<RowExpression> given) {
    List<Constant> settings = new ArrayList<>();
    for (int i = signature.parameters().size(); i < given.size(); i++) {
      AggregateSetting setting = signature.settings().get(settings.size());
      Optional<Constant> constant = setting.read(given.get(i));
      if (constant.isEmpty()) {
        reporter.error(
            "bad-call",
            call.arguments().get(i).span(),
            "argument " + (i + 1) + " of '" + name + "' must be " + setting.description());
        return Optional.empty();
      }
      settings.add(constant.get());
    }
    return Optional.of(settings);
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
