package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Types {@code coalesce}, {@code if} and {@code nullif}: they look like functions, but evaluate
 * only the arguments that they need.
 */
final class ConditionalAnalyzer {
  private static final Set<String> NAMES = Set.copyOf(LanguageFunctions.names());

  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;
  private final ValueAnalyzer values;

  ConditionalAnalyzer(
      AnalysisContext context, ExpressionAnalyzer expressions, ValueAnalyzer values) {
    this.context = context;
    this.expressions = expressions;
    this.values = values;
  }

  static boolean isConditional(String name) {
    return NAMES.contains(name);
  }

  static Set<String> names() {
    return NAMES;
  }

  RowExpression call(CallExpression call, String name) {
    int count = call.arguments().size();
    return switch (name) {
      case "if" -> count == 3 ? choose(call) : wrongCount(call, "a condition and two values");
      case "nullif" -> count == 2 ? nullIf(call) : wrongCount(call, "two values");
      case "coalesce" -> count > 0 ? coalesce(call) : wrongCount(call, "one value or more");
      default -> count == 2 ? coalesce(call) : wrongCount(call, "two values");
    };
  }

  private RowExpression wrongCount(CallExpression call, String expected) {
    return context
        .reporter()
        .error(
            "bad-call",
            call.span(),
            "'"
                + call.name().name()
                + "' takes "
                + expected
                + ", found "
                + call.arguments().size());
  }

  private RowExpression choose(CallExpression call) {
    RowExpression condition =
        expressions.condition(call.arguments().get(0), "the first argument of IF");
    List<RowExpression> results = expressions.analyzeAll(call.arguments().subList(1, 3));
    return values.choose(List.of(condition), results, call.span());
  }

  private RowExpression nullIf(CallExpression call) {
    List<RowExpression> arguments = expressions.analyzeAll(call.arguments());
    if (ExpressionAnalyzer.anyFaulty(arguments)) {
      return Reporter.faulty();
    }
    RowExpression value = arguments.get(0);
    RowExpression equal =
        context.operators().compare(ComparisonOperator.EQUAL, value, arguments.get(1), call.span());
    return value.type() == DataType.NULL
        ? value
        : values.choose(List.of(equal), List.of(Constant.nullOf(value.type()), value), call.span());
  }

  private RowExpression coalesce(CallExpression call) {
    List<RowExpression> arguments = expressions.analyzeAll(call.arguments());
    Optional<List<RowExpression>> unified = values.alternatives(arguments, call.span());
    return unified.<RowExpression>map(Coalesce::new).orElseGet(Reporter::faulty);
  }
}
