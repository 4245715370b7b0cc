package io.millrace.language.analysis;

import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ExpressionWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Optional;

/** Analyzes the condition of WINDOW EXPRESSION, which is over aggregates of the window. */
final class WindowCondition {
  /** A window that its rows leave in the order in which they came, as those of this one do. */
  private static final WindowSpec LIKE = new WindowSpec.Length(Integer.MAX_VALUE);

  private final AnalysisContext context;
  private final Scope scope;

  /**
   * @param scope the columns of the source
   */
  WindowCondition(AnalysisContext context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /** The window; empty after a report. */
  Optional<WindowSpec> analyze(WindowClause window) {
    List<WindowArgument> arguments = window.arguments();
    if (arguments.size() != 1
        || arguments.get(0).parameter() != null
        || arguments.get(0).isDescending()) {
      return refused(arguments.size() > 1 ? arguments.get(1).span() : window.span());
    }
    WindowArgument argument = arguments.get(0);
    Grouping grouping = new Grouping(LIKE, GroupingSets.none(), scope.isOpen());
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(context, scope, Clause.plain("EXPRESSION").withGrouping(grouping));
    RowExpression condition = expressions.condition(argument.value(), "EXPRESSION");
    if (Reporter.isFaulty(condition)) {
      return Optional.empty();
    }
    if (grouping.isEmpty()) {
      return refused(argument.span());
    }
    if (grouping.calls().stream().anyMatch(call -> call.function().isLasting())) {
      context
          .reporter()
          .error(
              "bad-window",
              argument.span(),
              "the condition of EXPRESSION is about the events that are there, but 'ever' and its like"
                  + " stay what they are when events leave",
              "take bool_or, min or max");
      return Optional.empty();
    }
    RowExpression overResults =
        new GroupedExpressions(context, grouping).rewrite(condition, argument.span());
    return Reporter.isFaulty(overResults)
        ? Optional.empty()
        : Optional.of(new ExpressionWindow(grouping.calls(), overResults));
  }

  private Optional<WindowSpec> refused(Span span) {
    context
        .reporter()
        .error(
            "bad-window",
            span,
            "EXPRESSION takes one condition over aggregates of the window",
            "such as sum(volume) < 1000");
    return Optional.empty();
  }
}
