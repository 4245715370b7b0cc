package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowParameter;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a window that are evaluated for its rows. Reports each that is missing or bad;
 * {@link #isFaulty} says whether any was.
 */
final class WindowColumns {
  private final Reporter reporter;
  private final WindowClause window;
  private final ExpressionAnalyzer expressions;
  private final int errorsBefore;

  WindowColumns(AnalysisContext context, Scope scope, WindowClause window) {
    this.reporter = context.reporter();
    this.window = window;
    this.expressions = new ExpressionAnalyzer(context, scope, Clause.plain(window.kind().name()));
    this.errorsBefore = reporter.errorCount();
  }

  boolean isFaulty() {
    return reporter.errorCount() > errorsBefore;
  }

  /** Keys, at least one, each once. */
  List<RowExpression> keys(List<WindowArgument> arguments) {
    if (arguments.isEmpty()) {
      reporter.error(
          "bad-window",
          window.span(),
          window.kind().name() + " needs a key",
          "name the columns of the key, such as " + window.kind().name() + " (customer)");
    }
    List<RowExpression> keys = new ArrayList<>();
    for (WindowArgument argument : arguments) {
      if (argument.isDescending()) {
        reporter.error("bad-window", argument.span(), "a key has no order");
      }
      RowExpression key = column(argument);
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Columns that rows are sorted by, at least one. */
  List<RowExpression> order(List<WindowArgument> arguments) {
    if (arguments.isEmpty()) {
      reporter.error(
          "bad-window",
          window.span(),
          window.kind().name() + " needs a column that its rows are sorted by",
          "name it behind the size, such as " + window.kind().name() + " (10, price DESC)");
    }
    return arguments.stream().map(this::column).toList();
  }

  private RowExpression column(WindowArgument argument) {
    WindowParameter parameter = argument.parameter();
    Expression value = argument.value();
    if (parameter != null) {
      return reporter.error(
          "bad-window",
          argument.span(),
          window.kind().name() + " takes no " + parameter.name().replace('_', ' '),
          "it takes columns");
    }
    if (value instanceof IntegerLiteral) {
      return reporter.error(
          "bad-window",
          value.span(),
          window.kind().name() + " takes columns, not numbers",
          "name the column");
    }
    return expressions.analyze(value);
  }
}
