package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.UserAggregate;
import io.millrace.spi.function.AggregateDescriptor;
import io.millrace.spi.function.Argument;
import io.millrace.spi.function.FunctionResolution;
import io.millrace.spi.function.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types users' aggregates: finds the overload, and checks that it can do what its window asks. */
final class UserAggregateAnalyzer {
  private static final String CODE = "bad-call";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final ExpressionAnalyzer inside;

  /**
   * @param inside of what stands inside an aggregate
   */
  UserAggregateAnalyzer(AnalysisContext context, ExpressionAnalyzer inside) {
    this.context = context;
    this.reporter = context.reporter();
    this.inside = inside;
  }

  RowExpression call(CallExpression call, String name, Grouping grouping) {
    CallModifiers modifiers = call.modifiers();
    Expression condition = modifiers.filter();
    RowExpression filter = condition == null ? null : inside.condition(condition, "FILTER");
    List<RowExpression> given = call.arguments().stream().map(inside::analyze).toList();
    if (ExpressionAnalyzer.anyFaulty(given) || (filter != null && Reporter.isFaulty(filter))) {
      return Reporter.faulty();
    }
    Optional<String> refusal = refusal(modifiers);
    if (refusal.isPresent()) {
      return reporter.error(CODE, call.span(), "'" + name + "' takes no " + refusal.get());
    }
    List<Argument> arguments = given.stream().map(FunctionAnalyzer::shape).toList();
    FunctionResolution resolution = context.catalog().functions().resolveAggregate(name, arguments);
    if (resolution instanceof FunctionResolution.ResolvedAggregate resolved) {
      return add(call, resolved.aggregate(), resolved.match(), grouping, given, filter);
    }
    FunctionResolution.Unresolved unresolved = (FunctionResolution.Unresolved) resolution;
    return reporter.error(unresolved.code(), call.span(), unresolved.message(), unresolved.hint());
  }

  /** What it is told that no user's aggregate takes; empty if nothing. */
  private static Optional<String> refusal(CallModifiers modifiers) {
    if (modifiers.isStar()) {
      return Optional.of("*");
    }
    if (!modifiers.orderBy().isEmpty()) {
      return Optional.of("ORDER BY");
    }
    return modifiers.nullTreatment() == NullTreatment.UNSTATED
        ? Optional.empty()
        : Optional.of(modifiers.nullTreatment() + " NULLS");
  }

  private RowExpression add(
      CallExpression call,
      AggregateDescriptor aggregate,
      Match match,
      Grouping grouping,
      List<RowExpression> given,
      @Nullable RowExpression filter) {
    boolean isDistinct = call.modifiers().isDistinct();
    if (isDistinct && (given.size() != 1 || aggregate.nullableParameters().get(0))) {
      return reporter.error(
          CODE,
          call.span(),
          "'" + aggregate.name() + "' takes no DISTINCT",
          "aggregates of one argument that is not NULL do");
    }
    Optional<RowExpression> refused =
        grouping.isLenient() ? Optional.empty() : refuseDemand(call, aggregate, grouping.demand());
    if (refused.isPresent()) {
      return refused.get();
    }
    List<RowExpression> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(Coercion.widen(given.get(i), match.parameterType(i)));
    }
    return grouping.add(
        new AggregateCall(
            "",
            new UserAggregate(aggregate),
            arguments,
            isDistinct,
            false,
            filter,
            match.resultType()));
  }

  private Optional<RowExpression> refuseDemand(
      CallExpression call, AggregateDescriptor aggregate, AggregateDemand demand) {
    String name = "'" + aggregate.name() + "'";
    String type = aggregate.type().getName();
    if (demand == AggregateDemand.RETRACT && aggregate.methods().retract().isEmpty()) {
      return Optional.of(
          reporter.error(
              CODE,
              call.span(),
              "rows leave one by one here, and " + name + " cannot take them back",
              "add a method 'retract' to " + type + ", or take a window that closes"));
    }
    if (demand == AggregateDemand.MERGE && aggregate.methods().merge().isEmpty()) {
      return Optional.of(
          reporter.error(
              CODE,
              call.span(),
              "results are put together of parts here, and " + name + " cannot merge them",
              "add a method 'merge' to " + type + ", or take a TUMBLING window"));
    }
    return Optional.empty();
  }
}
