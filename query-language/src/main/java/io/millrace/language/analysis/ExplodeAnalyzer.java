package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;

/** Types {@code EXPLODE(array)}, which makes a row of each element. */
final class ExplodeAnalyzer {
  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;
  private final Clause clause;

  ExplodeAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions, Clause clause) {
    this.reporter = context.reporter();
    this.expressions = expressions;
    this.clause = clause;
  }

  RowExpression call(CallExpression call) {
    Explosions explosions = clause.explosions();
    if (explosions == null) {
      return reporter.error(
          "misplaced-explode",
          call.span(),
          "EXPLODE can only stand in the select list, not in " + clause.name());
    }
    if (call.arguments().size() != 1) {
      return reporter.error("bad-call", call.span(), "EXPLODE takes one array");
    }
    RowExpression array = expressions.analyze(call.arguments().get(0));
    if (Reporter.isFaulty(array)) {
      return array;
    }
    if (!(array.type() instanceof DataType.Array type) || Reporter.isUnknown(array.type())) {
      return reporter.error(
          "type-mismatch",
          call.arguments().get(0).span(),
          "EXPLODE takes an array, found " + array.type().sql());
    }
    return explosions.add(array, type.element(), call.span());
  }
}
