package io.millrace.language.rewrite;

import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Comparisons of constants of simple types, as compiled code does them. */
final class ConstantComparison {
  private ConstantComparison() {}

  static Optional<RowExpression> compare(Comparison expression) {
    Object left = ((Constant) expression.left()).value();
    Object right = ((Constant) expression.right()).value();
    ComparisonOperator operator = expression.operator();
    if (left == null || right == null) {
      return switch (operator) {
        case DISTINCT -> truth(left != right);
        case NOT_DISTINCT -> truth(left == right);
        default -> Optional.of(Constant.nullOf(DataType.BOOLEAN));
      };
    }
    return order(left, right).flatMap(order -> truth(holds(operator, order)));
  }

  static Optional<RowExpression> in(InList expression) {
    Object value = ((Constant) expression.value()).value();
    if (value == null) {
      return Optional.of(Constant.nullOf(DataType.BOOLEAN));
    }
    boolean hasNull = false;
    for (RowExpression option : expression.options()) {
      Object candidate = ((Constant) option).value();
      if (candidate == null) {
        hasNull = true;
        continue;
      }
      Optional<Integer> order = order(value, candidate);
      if (order.isEmpty() || order.get() == 0) {
        return order.isEmpty() ? Optional.empty() : truth(true);
      }
    }
    return hasNull ? Optional.of(Constant.nullOf(DataType.BOOLEAN)) : truth(false);
  }

  private static Optional<RowExpression> truth(boolean value) {
    return Optional.of(value ? Constant.TRUE : Constant.FALSE);
  }

  private static boolean holds(ComparisonOperator operator, int order) {
    return switch (operator) {
      case EQUAL, NOT_DISTINCT -> order == 0;
      case NOT_EQUAL, DISTINCT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** NaN is greatest and equals itself, zeros of both signs are equal. */
  private static Optional<Integer> order(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return Optional.of(Double.compare(a + 0.0, b + 0.0));
    }
    if (left instanceof Long a && right instanceof Long b) {
      return Optional.of(Long.compare(a, b));
    }
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return Optional.of(a.compareTo(b));
    }
    if (left instanceof String a && right instanceof String b) {
      return Optional.of(a.compareTo(b));
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Optional.of(Boolean.compare(a, b));
    }
    return Optional.empty();
  }
}
