package io.millrace.compiler.expression;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.function.FunctionParameter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which expressions may be NULL. */
final class Nullability {
  private final boolean columnsMayBeNull;
  private final Map<RowExpression, Boolean> known = new IdentityHashMap<>();

  /**
   * @param columnsMayBeNull false where it has been checked that no column that is read has a NULL
   *     in the batch
   */
  Nullability(boolean columnsMayBeNull) {
    this.columnsMayBeNull = columnsMayBeNull;
  }

  boolean columnsMayBeNull() {
    return columnsMayBeNull;
  }

  boolean mayBeNull(RowExpression expression) {
    Boolean found = known.get(expression);
    if (found == null) {
      found = find(expression);
      known.put(expression, found);
    }
    return found;
  }

  private boolean find(RowExpression expression) {
    if (expression instanceof Constant constant) {
      return constant.isNull();
    }
    if (expression instanceof ColumnReference) {
      return columnsMayBeNull;
    }
    if (expression instanceof LambdaReference
        || expression instanceof Subscript
        || expression instanceof FieldAccess) {
      return true;
    }
    if (expression instanceof IsNull
        || (expression instanceof Comparison comparison && isNullSafe(comparison))) {
      return false;
    }
    if (expression instanceof Case choice) {
      return mayBeNull(choice.otherwise())
          || choice.whens().stream().anyMatch(when -> mayBeNull(when.result()));
    }
    if (expression instanceof Coalesce coalesce) {
      return coalesce.values().stream().allMatch(this::mayBeNull);
    }
    if (expression instanceof FunctionCall call) {
      return call.function().nullableResult() || anyArgument(call);
    }
    if (expression instanceof Cast cast && cast.isTry() && !cast.widens()) {
      return true;
    }
    return expression.operands().stream().anyMatch(this::mayBeNull) && !isConstructor(expression);
  }

  static boolean isNullSafe(Comparison comparison) {
    return comparison.operator() == ComparisonOperator.DISTINCT
        || comparison.operator() == ComparisonOperator.NOT_DISTINCT;
  }

  private static boolean isConstructor(RowExpression expression) {
    return expression instanceof ArrayConstructor
        || expression instanceof StructConstructor
        || expression instanceof MapConstructor;
  }

  private boolean anyArgument(FunctionCall call) {
    List<RowExpression> arguments = call.arguments();
    for (FunctionParameter parameter : call.function().parameters()) {
      if (parameter.role() == FunctionParameter.Role.ARGUMENT && !parameter.nullable()) {
        int to = parameter.repeated() ? arguments.size() : parameter.argument() + 1;
        for (int i = parameter.argument(); i < to; i++) {
          if (mayBeNull(arguments.get(i))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
